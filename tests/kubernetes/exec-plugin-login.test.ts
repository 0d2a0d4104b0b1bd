import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { ClusterEntry, ExecEntry } from "#kubernetes/cluster-config.ts";
import { ExecPluginLogin } from "#kubernetes/credentials/exec-plugin-login.ts";
import { clusterConfig } from "../support/cluster-builders.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const PLUGIN = join(import.meta.dirname, "..", "fixtures", "exec-plugin.cjs");
const API_VERSION = "client.authentication.k8s.io/v1";

interface Plugin {
  readonly login: ExecPluginLogin;
  readonly clock: FakeClock;
  /** What each run got as KUBERNETES_EXEC_INFO. */
  readonly runs: () => unknown[];
}

/** @param status what the plugin prints; `RUN` stands for the number of the run */
function plugin(status: object, exec: Partial<ExecEntry> = {}, cluster: Partial<ClusterEntry> = {}): Plugin {
  const runsFile = join(temporaryFolder(), "runs");
  const answer = { kind: "ExecCredential", apiVersion: API_VERSION, status };
  const clock = new FakeClock();
  const entry: ExecEntry = {
    apiVersion: API_VERSION,
    command: process.execPath,
    args: [PLUGIN],
    installHint: undefined,
    interactiveMode: "IfAvailable",
    provideClusterInfo: false,
    ...exec,
    env: { RUNS: runsFile, ANSWER: JSON.stringify(answer), ...exec.env },
  };
  const login = new ExecPluginLogin(entry, clusterConfig("https://api.test", {}, cluster).cluster, {
    clock,
    environment: {},
  });
  const runs = (): unknown[] => {
    const lines = existsSync(runsFile) ? readFileSync(runsFile, "utf8").trim().split("\n") : [];
    return lines.map((line) => JSON.parse(line) as unknown);
  };
  return { login, clock, runs };
}

test("an exec plugin's token is kept while it says no expiry", async () => {
  const { login, clock, runs } = plugin({ token: "token-RUN" });
  assert.equal((await login.prove()).authorization, "Bearer token-1");
  await clock.advance(7 * 24 * 3600 * 1000);
  assert.equal((await login.prove()).authorization, "Bearer token-1");
  assert.equal(runs().length, 1);
});

test("an exec plugin runs once for all who ask at the same time", async () => {
  const { login, runs } = plugin({ token: "token-RUN" });
  const proofs = await Promise.all(Array.from({ length: 5 }, () => login.prove()));
  assert.deepEqual(new Set(proofs.map(({ authorization }) => authorization)), new Set(["Bearer token-1"]));
  assert.equal(runs().length, 1);
});

test("an exec plugin runs again shortly before its token expires", async () => {
  const expirationTimestamp = new Date(new FakeClock().now() + 60_000).toISOString();
  const { login, clock, runs } = plugin({ token: "token-RUN", expirationTimestamp });
  await login.prove();
  await clock.advance(49_000);
  await login.prove();
  assert.equal(runs().length, 1);
  await clock.advance(1_500);
  assert.equal((await login.prove()).authorization, "Bearer token-2");
});

test("an exec plugin runs again after its token was refused", async () => {
  const { login } = plugin({ token: "token-RUN" });
  await login.prove();
  login.forget();
  assert.equal((await login.prove()).authorization, "Bearer token-2");
});

test("an exec plugin may give a client certificate", async () => {
  const { login } = plugin({ clientCertificateData: "CERT", clientKeyData: "KEY" });
  assert.deepEqual(await login.prove(), { authorization: undefined, certificate: { cert: "CERT", key: "KEY" } });
});

test("an exec plugin is told that it has no terminal", async () => {
  const { login, runs } = plugin({ token: "a" });
  await login.prove();
  assert.deepEqual(runs(), [{ apiVersion: API_VERSION, kind: "ExecCredential", spec: { interactive: false } }]);
});

test("an exec plugin is told about the cluster where the kubeconfig says so", async () => {
  const cluster: Partial<ClusterEntry> = {
    ca: { type: "data", pem: "PEM" },
    tlsServerName: "name.test",
    execConfig: { audience: "a" },
  };
  const { login, runs } = plugin({ token: "a" }, { provideClusterInfo: true }, cluster);
  await login.prove();
  assert.deepEqual((runs()[0] as { spec: { cluster: object } }).spec.cluster, {
    server: "https://api.test",
    "tls-server-name": "name.test",
    "certificate-authority-data": Buffer.from("PEM").toString("base64"),
    config: { audience: "a" },
  });
});

for (const [what, exec, status, message] of [
  [
    "that fails",
    { env: { FAIL: "please log in" } },
    {},
    /Cannot get credentials from exec plugin ".*": it ended with exit code 3: please log in/,
  ],
  [
    "that is not installed",
    { command: "no-such-plugin", installHint: "Install it." },
    {},
    /there is no such program. Install it\./,
  ],
  ["that prints something else", { env: { ANSWER: "hello" } }, {}, /it printed no ExecCredential/],
  [
    "that speaks another version",
    { apiVersion: "client.authentication.k8s.io/v1beta1" },
    { token: "a" },
    /it speaks ".*\/v1", the kubeconfig says ".*\/v1beta1"/,
  ],
  ["that gives nothing", {}, {}, /neither a token nor a client certificate/],
  ["that insists on a terminal", { interactiveMode: "Always" }, { token: "a" }, /has no terminal to lend/],
] as const) {
  test(`an exec plugin ${what} is an error that says so`, async () => {
    await assert.rejects(plugin(status, exec).login.prove(), { code: "NO_CREDENTIALS", message });
  });
}

test("an exec plugin that failed is asked again the next time", async () => {
  const { login, runs } = plugin({}, { env: { FAIL: "not now" } });
  await assert.rejects(login.prove());
  await assert.rejects(login.prove());
  assert.equal(runs().length, 2);
});

test("an exec plugin that hangs is killed after a minute", async () => {
  const { login, clock } = plugin({}, { args: ["-e", "setInterval(() => {}, 1000)"] });
  const proof = login.prove();
  await clock.advance(60_000);
  await assert.rejects(proof, /did not end within 60 s/);
});

test("closing ends a plugin that is running", async () => {
  const { login } = plugin({}, { args: ["-e", "setInterval(() => {}, 1000)"] });
  const proof = login.prove();
  login.close();
  await assert.rejects(proof, /Cannot get credentials/);
});
