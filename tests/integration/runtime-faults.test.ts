/**
 * The whole runtime as a process, before faults that are planned over HTTP: its handler is told everything at least once,
 * and each object's events in order. What takes an informer minutes to notice is in faults.test.ts, on a fast clock.
 */
import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { suite, test } from "node:test";
import type { FaultRule } from "#devcluster/faults/fault.ts";
import { InformdProcess } from "../support/informd-process.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";
import { configMap } from "../support/test-cluster/objects.ts";
import { openEmbeddedServer } from "../support/test-cluster/open-embedded-server.ts";
import { RuntimeWorld } from "../support/runtime-world.ts";

const FROM_INFORMD = { userAgent: "informd" };
const WATCH = { verb: "watch", resource: "configmaps" };
const UNREACHABLE: FaultRule = { match: FROM_INFORMD, times: "always", fault: { type: "hangUp", reset: true } };
const OUTAGE_MS = 10_000;

const FAULTS: Readonly<Record<string, FaultRule>> = {
  "connections that are reset after every second event": {
    match: WATCH,
    times: "always",
    fault: { type: "stop", how: "reset", afterEvents: 2 },
  },
  "lines that are half written": {
    match: WATCH,
    times: 3,
    fault: { type: "stop", how: "hangUp", midLine: true, afterEvents: 1 },
  },
  "a burst of 500s": { match: FROM_INFORMD, times: 4, fault: { type: "status", code: 500 } },
};

suite("a handler is told everything, in order per object,", { timeout: 240_000, concurrency: 3 }, () => {
  for (const [title, rule] of Object.entries(FAULTS)) {
    test(`over ${title}`, async () => {
      await using world = await RuntimeWorld.open();
      await world.prepare();
      await world.server.faults.plan(rule);
      await world.server.faults.dropWatches();
      await world.change();
      await world.untilTold();
      assert.ok((await world.retries()) >= 2);
      await world.end();
    });
  }

  test("over 410 after a compaction", async () => {
    await using world = await RuntimeWorld.open();
    const { faults } = world.server;
    await world.prepare();
    await faults.plan(UNREACHABLE);
    await faults.dropWatches();
    await world.change();
    await faults.compact();
    await faults.clear();
    await world.untilTold();
    await world.end();
  });

  test("over an outage of 10 s", async () => {
    await using world = await RuntimeWorld.open();
    const { faults } = world.server;
    await world.prepare();
    await faults.plan(UNREACHABLE);
    await faults.dropWatches();
    await world.change();
    await delay(OUTAGE_MS);
    await faults.clear();
    await world.untilTold();
    await world.end();
  });

  test("over a kind that is forbidden at first", async () => {
    const message = 'configmaps is forbidden: User "informd" cannot list resource "configmaps" in API group ""';
    const fault = { type: "status", code: 403, message } as const;
    await using world = await RuntimeWorld.open({ match: { resource: "configmaps" }, times: "always", fault });
    const { reason } = await world.informd.log({ msg: "handler degraded" });
    assert.match(String(reason), /configmaps is forbidden.*Bind a role/);
    await world.server.faults.clear();
    await world.informd.log({ msg: "handler live" });
    await world.prepare();
    await world.end();
  });
});

const WRITES = `
import { on } from "informd";
export default on("configmaps", {
  names: ["patch", "delete", "create"], namespaces: ["default"], events: ["added"],
  allow: { kube: ["create,patch,delete configmaps"] }, retry: { backoff: "100ms" },
}, async ({ object, attempt }, { kube, log }) => {
  const { name } = object.metadata;
  if (name === "patch") await kube.patch("configmaps", { name: "patched" }, { data: { by: name } });
  if (name === "delete") await kube.delete("configmaps", { name: "victim" });
  if (name === "create") await kube.create({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "created" } });
  log.info(name, { attempt });
});`;

test("a handler whose writes conflict again and again is run until each is done", { timeout: 120_000 }, async () => {
  using folder = new TemporaryDirectory({ "writes.ts": WRITES });
  const server = await openEmbeddedServer();
  await server.apply(configMap("patched"), configMap("victim"));
  const args = ["start", "--kubeconfig", server.kubeconfigPath, "--handlers", folder.path];
  const informd = new InformdProcess(args, { cwd: folder.path });
  try {
    await informd.log({ msg: "ready" });
    for (const verb of ["patch", "delete", "create"]) {
      const fault = { type: "status", code: 409, reason: "Conflict" } as const;
      await server.faults.plan({ match: { ...FROM_INFORMD, verb }, times: 3, fault });
      await server.apply(configMap(verb));
      assert.deepEqual((await informd.log({ msg: verb, handler: "writes" }))["data"], { attempt: 4 });
    }
    assert.deepEqual((await server.get(configMap("patched")))?.["data"], { by: "patch" });
    assert.equal(await server.get(configMap("victim")), undefined);
    assert.ok(await server.get(configMap("created")));
  } finally {
    await informd.stop();
    await server.stop();
  }
});
