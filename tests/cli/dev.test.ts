import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { createCluster } from "#kubernetes/cluster.ts";
import { loadClusterConfig } from "#kubernetes/load-cluster-config.ts";
import { builtInResources } from "#resources/built-in-resources.generated.ts";
import { DevProcess } from "../support/dev-process.ts";
import { alive } from "../support/processes.ts";
import { run } from "../support/run-informd.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";

const HANGS = `
import { on } from "informd";
export default on("configmaps", { events: ["added"], names: ["hang*"] }, ({ object }, { log }) => {
  log.info("hangs");
  for (;;);
});`;

const KUBECONFIG = JSON.stringify({
  "current-context": "c",
  clusters: [{ name: "c", cluster: { server: "https://127.0.0.1:1" } }],
  contexts: [{ name: "c", context: { cluster: "c", user: "" } }],
});

async function createConfigMap(folder: TemporaryDirectory, name: string): Promise<void> {
  const config = loadClusterConfig({ kubeconfig: join(folder.path, ".informd", "kubeconfig"), environment: {} });
  const cluster = createCluster({ config });
  const resource = builtInResources.find(({ plural }) => plural === "configmaps");
  assert.ok(resource);
  const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name } };
  const { signal } = new AbortController();
  const answer = await cluster.objects.create({ resource, namespace: "default" }, object, signal);
  await cluster.close();
  assert.equal(answer.type, "object");
}

test("dev runs handlers on the embedded cluster, and Ctrl-C ends all of it within two seconds, whatever hangs", async () => {
  using folder = new TemporaryDirectory({ "handlers/hangs.ts": HANGS });
  await using dev = new DevProcess(["--activity", "off"], folder.path);
  await dev.until(/^kubectl {3}kubectl --kubeconfig \.informd\/kubeconfig get pods -A$/m);
  await dev.until(/hangs\.ts {2}built .* · live .*\n.* ready: 1 live\n/);
  await createConfigMap(folder, "hangs");
  await dev.until(/hangs live default\/hangs running type=added\n {4}hangs\n/);
  const processes = await dev.descendants();
  assert.ok(processes.length >= 1);
  const pressedAt = performance.now();
  dev.pressCtrlC();
  assert.equal(await dev.exited, 0, dev.text);
  assert.ok(performance.now() - pressedAt < 2000, `${performance.now() - pressedAt} ms`);
  await delay(200);
  assert.deepEqual(await alive(processes), []);
  assert.ok(!existsSync(join(folder.path, ".informd", "kubeconfig")), "the kubeconfig of a server that is gone");
});

test("a second Ctrl-C ends dev at once, exit code 130", async () => {
  using folder = new TemporaryDirectory({ "handlers/hangs.ts": HANGS });
  await using dev = new DevProcess(["--activity", "off", "--grace", "1m"], folder.path);
  await dev.until(/ready: 1 live\n/);
  await createConfigMap(folder, "hangs");
  await dev.until(/ {4}hangs\n/);
  const processes = await dev.descendants();
  dev.pressCtrlC();
  await dev.until(/stopping/);
  dev.pressCtrlC();
  assert.equal(await dev.exited, 130);
  await delay(500);
  assert.deepEqual(await alive(processes), []);
});

test("dev says that an API server does not answer, and ends on Ctrl-C all the same", async () => {
  using folder = new TemporaryDirectory({
    kubeconfig: KUBECONFIG,
    "handlers/pod-added.ts": "export default () => {};",
  });
  await using dev = new DevProcess(["--kubeconfig", "kubeconfig"], folder.path);
  await dev.until(/API server unreachable: .*ECONNREFUSED/);
  await dev.until(/pod-added waits: Cannot look "pod" up: https:\/\/127\.0\.0\.1:1 is unreachable/);
  dev.pressCtrlC();
  assert.equal(await dev.exited, 0);
});

test("dev --log json prints what start prints", async () => {
  using folder = new TemporaryDirectory({
    kubeconfig: KUBECONFIG,
    "handlers/pod-added.ts": "export default () => {};",
  });
  await using dev = new DevProcess(["--kubeconfig", "kubeconfig", "--log", "json"], folder.path);
  await dev.until(/"msg":"handler degraded"/);
  dev.pressCtrlC();
  assert.equal(await dev.exited, 0);
  const records = dev.text
    .trim()
    .split("\n")
    .map((line): { msg: string; dryRun?: boolean } => JSON.parse(line));
  assert.deepEqual([records[0]?.msg, records[0]?.dryRun, records.at(-1)?.msg], ["starting", true, "stopped"]);
});

test("dev refuses what it cannot use", async () => {
  using folder = new TemporaryDirectory({ "handlers/pod-added.ts": "export default () => {};" });
  const activity = await run(["dev", "--activity", "wild"], folder.path);
  assert.deepEqual([activity.code, activity.stderr], [2, 'Cannot use --activity "wild": it takes off, calm, busy.\n']);
  const kubeconfig = await run(["dev", "--kubeconfig", "none"], folder.path);
  assert.equal(kubeconfig.code, 1);
  assert.match(kubeconfig.stderr, /^Cannot read kubeconfig ".*none": no such file/);
  const handlers = await run(["dev", "--kubeconfig", "none", "--handlers", "none"], folder.path);
  assert.equal(handlers.code, 1);
  assert.match(handlers.stderr, /^Cannot read handlers directory ".*none": no such directory\./);
});
