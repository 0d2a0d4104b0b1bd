import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test, type TestContext } from "node:test";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import type { EngineName } from "#sandbox/protocol.ts";
import { createBundler } from "#loader/build/bundler.ts";
import { echoServer } from "../support/echo-server.ts";
import { FetchRig } from "../support/fetch-rig.ts";
import { freePort } from "../support/free-port.ts";
import { CHECKOUT_PATHS } from "../support/handlers-loader.ts";
import { onEachEngine } from "../support/on-each-engine.ts";
import { pool, serveProgram } from "../support/sandbox-rig.ts";
import { tlsFixture } from "../support/tls-fixtures.ts";

const PACKAGES = join(import.meta.dirname, "..", "fixtures", "packages");
const HOST = "api.test";
const ECHOED = { one: "1", body: Buffer.from('{"name":"ü"}').toString("base64") };

before(() => setDefaultCACertificates([...getCACertificates("default"), tlsFixture("ca.pem")]));

/** Runs a handler that uses a package, over the host's own `fetch` and against an https server. Returns what it logs. */
async function run(t: TestContext, engine: EngineName, file: string): Promise<unknown> {
  const port = await echoServer(t, { key: tlsFixture("server.key"), cert: tlsFixture("server.pem") });
  const gone = await freePort();
  // Loopback in place of the world outside: no handler reaches it otherwise.
  const world = { names: { [HOST]: [["127.0.0.1"]] }, classOf: () => "public" as const };
  const rig = new FetchRig({ allow: [`${HOST}:${port}`, `${HOST}:${gone}`], ...world });
  t.after(() => rig[Symbol.asyncDispose]());
  const call = async (_method: string, [request]: readonly unknown[]): Promise<string> => {
    const { url, ...init } = request as { readonly url: string };
    return JSON.stringify(await rig.fetch(url, init));
  };
  const bundled = (await createBundler({ root: PACKAGES, ...CHECKOUT_PATHS })([file])).get(file);
  if (bundled?.type !== "built") throw new Error(JSON.stringify(bundled));
  const { code, sourceMap } = bundled.bundle;
  const env = { SERVER: `https://${HOST}:${port}`, GONE: `https://${HOST}:${gone}` };
  const served = await serveProgram(await pool(t), { id: file, file, code, sourceMap }, { call, env, engine });
  assert.deepEqual(await served.run(), { type: "returned", requeueAfterMs: undefined });
  return served.logs.find(({ message }) => message === "result")?.fields;
}

onEachEngine("packages over the brokered fetch", ({ engine }) => {
  test("axios works", async (t) => {
    assert.deepEqual(await run(t, engine, "axios.ts"), {
      got: [200, { name: "ü" }, "application/json"],
      posted: { method: "POST", contentType: "application/json", ...ECHOED },
      form: ["POST", "multipart/form-data"],
      params: {
        method: "PUT",
        contentType: "application/x-www-form-urlencoded;charset=utf-8",
        one: "1",
        body: Buffer.from("a=%C3%BC").toString("base64"),
      },
      sizes: [100_000, 100_000, 100_000, 100_000],
      notFound: ["AxiosError", "ERR_BAD_REQUEST", 404, true],
      accepted: "status 404",
      cancelled: ["CanceledError", "ERR_CANCELED", null, true],
      late: ["AxiosError", "ETIMEDOUT", null, true],
      refused: ["NotAllowedError", "NOT_ALLOWED", null, true],
      gone: ["AxiosError", "ERR_NETWORK", null, true],
      isError: true,
    });
  });

  test("ky works", async (t) => {
    assert.deepEqual(await run(t, engine, "ky.ts"), {
      got: { name: "ü" },
      posted: { method: "POST", contentType: "application/json", ...ECHOED },
      form: ["PUT", "multipart/form-data"],
      bytes: 100_000,
      hooked: ["status 202", "202"],
      notFound: ["HTTPError", null, 404],
      accepted: 404,
      retried: "at last",
      aborted: ["AbortError", 20, null],
      late: ["TimeoutError", null, null],
      refused: ["NotAllowedError", "NOT_ALLOWED", null],
      gone: ["TypeError", "ECONNREFUSED", null],
    });
  });

  test("@slack/webhook works", async (t) => {
    assert.deepEqual(await run(t, engine, "slack-webhook.ts"), {
      sent: ["POST", "application/json", { channel: "#ops", text: "pod ü failed" }],
      failed: ["IncomingWebhookHTTPError", "slack_webhook_http_error", null],
      refused: ["IncomingWebhookRequestError", "slack_webhook_request_error", "NotAllowedError"],
    });
  });
});
