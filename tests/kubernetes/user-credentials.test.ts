import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { UserEntry } from "#kubernetes/cluster-config.ts";
import type { Credential } from "#kubernetes/credentials/credential.ts";
import { UserCredentials } from "#kubernetes/credentials/user-credentials.ts";
import { clusterConfig } from "../support/cluster-builders.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

function credentialsOf(user: Partial<UserEntry>, clock = new FakeClock()): UserCredentials {
  return new UserCredentials(clusterConfig("https://api.test", user), clock, {});
}

async function current(credentials: UserCredentials): Promise<Credential> {
  const credential = await credentials.current();
  assert.ok("headers" in credential, JSON.stringify(credential));
  return credential;
}

function tokenFile(content: string): string {
  const path = join(temporaryFolder(), "token");
  writeFileSync(path, content);
  return path;
}

test("a user may have a token, a name with a password, or nothing", async () => {
  assert.deepEqual((await current(credentialsOf({ token: "a" }))).headers, { authorization: "Bearer a" });
  const basic = { username: "me", password: "pass:word" };
  assert.deepEqual((await current(credentialsOf({ basic }))).headers, {
    authorization: `Basic ${btoa("me:pass:word")}`,
  });
  assert.deepEqual((await current(credentialsOf({}))).headers, {});
});

test("a token file wins over a token, and its newline does not count", async () => {
  const credentials = credentialsOf({ token: "a", tokenFile: tokenFile("from-file\n") });
  assert.deepEqual((await current(credentials)).headers, { authorization: "Bearer from-file" });
});

test("a token file is read again ten seconds before its minute is over", async () => {
  const clock = new FakeClock();
  const path = tokenFile("one");
  const credentials = credentialsOf({ tokenFile: path }, clock);
  await current(credentials);
  writeFileSync(path, "two");
  await clock.advance(49_000);
  assert.equal((await current(credentials)).headers["authorization"], "Bearer one");
  await clock.advance(1_000);
  assert.equal((await current(credentials)).headers["authorization"], "Bearer two");
});

test("a token file that cannot be read any more leaves the old token in use", async () => {
  const clock = new FakeClock();
  const path = tokenFile("one");
  const credentials = credentialsOf({ tokenFile: path }, clock);
  await current(credentials);
  rmSync(path);
  await clock.advance(60_000);
  assert.equal((await current(credentials)).headers["authorization"], "Bearer one");
});

test("a token file that never was is a failure that names it", async () => {
  const failure = await credentialsOf({ tokenFile: "/no/such/token" }).current();
  assert.ok("type" in failure);
  assert.match(
    failure.message,
    /Cannot read "\/no\/such\/token": no such file\. Check the files that the kubeconfig names$/,
  );
});

test("a certificate and a token are both sent", async () => {
  const certificate = { cert: { type: "data", pem: "CERT" }, key: { type: "data", pem: "KEY" } } as const;
  const credential = await current(credentialsOf({ certificate, token: "a" }));
  assert.deepEqual(credential, { headers: { authorization: "Bearer a" }, certificate: { cert: "CERT", key: "KEY" } });
});

test("impersonation names user, uid, groups and extras", async () => {
  const impersonate = {
    user: "jane",
    uid: "7",
    groups: ["dev", "ops"],
    extra: { "example.com/scopes": ["a", "b"], Ä: ["c"] },
  };
  assert.deepEqual((await current(credentialsOf({ token: "a", impersonate }))).headers, {
    authorization: "Bearer a",
    "impersonate-user": "jane",
    "impersonate-uid": "7",
    "impersonate-group": ["dev", "ops"],
    "impersonate-extra-example.com%2Fscopes": ["a", "b"],
    "impersonate-extra-%C3%84": ["c"],
  });
});

test("refused credentials are renewed once for all requests that were refused with them", async () => {
  const path = tokenFile("one");
  const credentials = credentialsOf({ tokenFile: path });
  const refused = await current(credentials);
  writeFileSync(path, "two");
  const renewed = await Promise.all([credentials.renewed(refused), credentials.renewed(refused)]);
  assert.deepEqual(renewed[0], { headers: { authorization: "Bearer two" }, certificate: undefined });
  assert.equal(renewed[0], renewed[1]);
});

test("a request that was refused with older credentials gets those that others have renewed", async () => {
  const path = tokenFile("one");
  const credentials = credentialsOf({ tokenFile: path });
  const refused = await current(credentials);
  writeFileSync(path, "two");
  await credentials.renewed(refused);
  const renewed = await credentials.renewed(refused);
  assert.ok(renewed && "headers" in renewed);
  assert.equal(renewed.headers["authorization"], "Bearer two");
});

test("credentials are renewed at most every five seconds", async () => {
  const clock = new FakeClock();
  const path = tokenFile("one");
  const credentials = credentialsOf({ tokenFile: path }, clock);
  const refused = await current(credentials);
  assert.equal(await credentials.renewed(refused), undefined);
  writeFileSync(path, "two");
  await clock.advance(4_999);
  assert.equal(await credentials.renewed(refused), undefined);
  await clock.advance(1);
  assert.notEqual(await credentials.renewed(refused), undefined);
});

test("an auth provider that kubectl has removed is a failure that names the way out", async () => {
  const failure = await credentialsOf({ authProvider: { name: "gcp", config: {} } }).current();
  assert.ok("type" in failure);
  assert.match(failure.message, /auth-provider "gcp": kubectl 1\.26 has removed it\. Use its exec plugin instead/);
});
