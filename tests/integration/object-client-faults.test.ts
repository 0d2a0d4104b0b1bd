/** Single requests of handlers, before a server that is too busy for a moment. */
import assert from "node:assert/strict";
import { after, afterEach, before, suite, test } from "node:test";
import { createCluster, type Cluster } from "#kubernetes/cluster.ts";
import { loadClusterConfig } from "#kubernetes/load-cluster-config.ts";
import type { ObjectTarget } from "#kubernetes/object-client.ts";
import { fastClock } from "../support/fast-clock.ts";
import { configMap } from "../support/test-cluster/objects.ts";
import { openEmbeddedServer, type EmbeddedServer } from "../support/test-cluster/open-embedded-server.ts";

const SIGNAL = new AbortController().signal;
const BUSY = { type: "status", code: 429, reason: "TooManyRequests", retryAfterSeconds: 2 } as const;
/** The client waits for 2 s in 20 ms. */
const SPEED = 100;

suite("a single request that is answered with 429 and Retry-After", () => {
  let server: EmbeddedServer;
  let kube: Cluster;
  let target: ObjectTarget;

  before(async () => {
    server = await openEmbeddedServer();
    const config = loadClusterConfig({ kubeconfig: server.kubeconfigPath, environment: {} });
    kube = createCluster({ config, clock: fastClock(SPEED) });
    const resolution = await kube.catalog.resolve("configmaps", SIGNAL);
    assert.ok(resolution.type === "found");
    target = { resource: resolution.resource, namespace: "default", name: "a" };
    await server.apply(configMap("a"));
  });
  afterEach(() => server.faults.clear());
  after(async () => {
    await kube.close();
    await server.stop();
  });

  async function requests(verb: string): Promise<number> {
    const all = await server.faults.requests();
    return all.filter((one) => one.verb === verb && one.path.endsWith("/configmaps/a")).length;
  }

  for (const [verb, send] of [
    ["get", () => kube.objects.get(target, SIGNAL)],
    ["patch", () => kube.objects.patch(target, { data: { k: "v" } }, "merge", SIGNAL)],
  ] as const) {
    test(`is sent again when the server says, and done: ${verb}`, async () => {
      const before = await requests(verb);
      await server.faults.plan({ match: { verb, resource: "configmaps" }, times: 2, fault: BUSY });
      assert.equal((await send()).type, "object");
      assert.equal((await requests(verb)) - before, 3);
    });

    test(`fails with what the server said when it stays busy: ${verb}`, async () => {
      await server.faults.plan({ match: { verb, resource: "configmaps" }, times: "always", fault: BUSY });
      const before = await requests(verb);
      const answer = await send();
      // After 0, 2, 4, 6, 8 and 10 s.
      assert.equal((await requests(verb)) - before, 6);
      assert.ok(answer.type === "status");
      assert.deepEqual([answer.code, answer.reason, answer.retryAfterSeconds], [429, "TooManyRequests", 2]);
    });
  }

  test("has changed nothing before it was let through", async () => {
    await server.patch(configMap("a"), { data: { k: "first" } });
    await server.faults.plan({ match: { verb: "patch", resource: "configmaps" }, times: "always", fault: BUSY });
    await kube.objects.patch(target, { data: { k: "second" } }, "merge", SIGNAL);
    await server.faults.clear();
    assert.deepEqual((await server.get(configMap("a")))?.["data"], { k: "first" });
  });
});
