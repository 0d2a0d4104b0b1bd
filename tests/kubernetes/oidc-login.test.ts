import assert from "node:assert/strict";
import { test } from "node:test";
import { OidcLogin } from "#kubernetes/credentials/oidc-login.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { json, ScriptedServer, type Answer, type ReceivedRequest } from "../support/scripted-server.ts";
import { tlsFixture } from "../support/tls-fixtures.ts";

const HOUR_MS = 3_600_000;

/** What JSON Web Tokens look like from outside. */
function idToken(name: string, expiresAtMs: number): string {
  const parts = ['{"alg":"RS256"}', JSON.stringify({ sub: name, exp: expiresAtMs / 1000 }), "signature"];
  return parts.map((part) => Buffer.from(part).toString("base64url")).join(".");
}

interface Bench extends AsyncDisposable {
  readonly clock: FakeClock;
  readonly login: OidcLogin;
  /** The requests for tokens. */
  readonly refreshes: () => readonly ReceivedRequest[];
}

/** A user of an identity provider whose tokens last an hour; the kubeconfig's own has expired. */
async function start(config: object = {}, document: object = {}, answer?: Answer): Promise<Bench> {
  const clock = new FakeClock();
  const refreshes = (): ReceivedRequest[] => server.requests.filter(({ method }) => method === "POST");
  const provider: Answer = (response, request) => {
    if (request.method === "GET") return json({ token_endpoint: `${url}/token`, ...document })(response, request);
    const number = refreshes().length;
    const tokens = { id_token: idToken(`token-${number}`, clock.now() + HOUR_MS), refresh_token: `refresh-${number}` };
    return (answer ?? json(tokens))(response, request);
  };
  const tls = { key: tlsFixture("loopback.key"), cert: tlsFixture("loopback.pem") };
  const server = await ScriptedServer.start([provider], tls);
  const url = `https://127.0.0.1:${server.port}`;
  const login = new OidcLogin(
    "me",
    {
      "idp-issuer-url": `${url}/`,
      "idp-certificate-authority-data": Buffer.from(tlsFixture("ca.pem")).toString("base64"),
      "client-id": "client",
      "refresh-token": "refresh-0",
      "id-token": idToken("token-0", clock.now() - 1),
      ...config,
    },
    clock,
  );
  return { clock, login, refreshes, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

async function tokenOf(login: OidcLogin): Promise<string> {
  const { authorization = "" } = await login.prove();
  const [, payload = ""] = authorization.split(".");
  return (JSON.parse(Buffer.from(payload, "base64url").toString()) as { sub: string }).sub;
}

test("an OIDC token is used until ten seconds before it expires", async () => {
  await using bench = await start({ "id-token": idToken("token-0", new FakeClock().now() + HOUR_MS) });
  await bench.clock.advance(HOUR_MS - 10_001);
  assert.equal(await tokenOf(bench.login), "token-0");
  await bench.clock.advance(1);
  assert.equal(await tokenOf(bench.login), "token-1");
});

test("an OIDC token that expired is refreshed once for all who ask, and then used", async () => {
  await using bench = await start();
  const tokens = await Promise.all([tokenOf(bench.login), tokenOf(bench.login)]);
  assert.deepEqual([...tokens, await tokenOf(bench.login)], ["token-1", "token-1", "token-1"]);
  assert.equal(bench.refreshes().length, 1);
});

test("the next refresh uses the refresh token that came with the last", async () => {
  await using bench = await start();
  await bench.login.prove();
  await bench.clock.advance(HOUR_MS);
  assert.equal(await tokenOf(bench.login), "token-2");
  const bodies = bench.refreshes().map(({ body }) => body);
  assert.deepEqual(bodies, [
    "grant_type=refresh_token&refresh_token=refresh-0&client_id=client",
    "grant_type=refresh_token&refresh_token=refresh-1&client_id=client",
  ]);
});

test("an OIDC token that the server refused is refreshed before its time", async () => {
  await using bench = await start({ "id-token": idToken("token-0", new FakeClock().now() + HOUR_MS) });
  bench.login.forget();
  assert.equal(await tokenOf(bench.login), "token-1");
});

test("the client's secret goes into the header, or into the body where the provider wants it there", async () => {
  await using header = await start({ "client-secret": "s" });
  await header.login.prove();
  assert.equal(header.refreshes()[0]?.headers.authorization, `Basic ${btoa("client:s")}`);
  const document = { token_endpoint_auth_methods_supported: ["client_secret_post"] };
  await using body = await start({ "client-secret": "s" }, document);
  await body.login.prove();
  assert.equal(body.refreshes()[0]?.headers.authorization, undefined);
  assert.match(body.refreshes()[0]?.body ?? "", /&client_secret=s$/);
});

for (const [what, config, document, answer, message] of [
  [
    "without a refresh token",
    { "refresh-token": "" },
    {},
    undefined,
    /user "me" by OpenID Connect: its token has expired and there is no refresh-token\. Log in again/,
  ],
  ["without an issuer", { "idp-issuer-url": "" }, {}, undefined, /"idp-issuer-url" is no URL/],
  ["whose provider is no provider", {}, { token_endpoint: undefined }, undefined, /names no token_endpoint/],
  [
    "whose provider refuses",
    {},
    {},
    json({ error: "invalid_grant", error_description: "used" }, 400),
    /gave no id_token \(invalid_grant: used\)\. Log in again/,
  ],
  [
    "whose provider's certificate is not trusted",
    { "idp-certificate-authority-data": "" },
    {},
    undefined,
    /certificate/,
  ],
] as const) {
  test(`an expired OIDC token ${what} is an error that says so`, async () => {
    await using bench = await start(config, document, answer);
    await assert.rejects(bench.login.prove(), { code: "NO_CREDENTIALS", message });
  });
}
