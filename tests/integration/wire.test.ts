import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { after, before, test } from "node:test";
import { createCluster, type Cluster } from "#kubernetes/cluster.ts";
import type { ListWatchScope } from "#kubernetes/clients/http-list-watch.ts";
import type { ListPage, ListQuery } from "#kubernetes/list-watch.ts";
import { loadClusterConfig } from "#kubernetes/load-cluster-config.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { recorded, RecordingSink, type RecordedObject } from "../support/recorded-wire.ts";
import { configMap, customResource } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

onEachServer("the wire to an API server", ({ open }) => {
  let cluster: TestCluster;
  let kube: Cluster;
  let configMaps: ApiResource;
  const stopped = new AbortController();
  const { signal } = stopped;

  before(async () => {
    cluster = await open();
    kube = connect();
    configMaps = await resource("configmaps");
  });
  after(async () => {
    stopped.abort();
    await kube?.close();
  });

  const connect = (): Cluster =>
    createCluster({ config: loadClusterConfig({ kubeconfig: cluster.kubeconfigPath, environment: {} }) });

  const resource = async (name: string): Promise<ApiResource> => {
    const resolution = await kube.catalog.resolve(name, signal);
    assert.equal(resolution.type, "found");
    return resolution.resource;
  };

  /** The ConfigMaps of a namespace, but for the one that controllers put into each. */
  const scopeOf = (namespace: string): ListWatchScope => ({
    resource: configMaps,
    namespace,
    fieldSelector: "metadata.name!=kube-root-ca.crt",
  });

  const listPage = async (namespace: string, query: ListQuery, names: string[]): Promise<ListPage> => {
    const page = await kube.listWatch(scopeOf(namespace)).list(query, (object) => names.push(object.name), signal);
    assert.equal(page.type, "page");
    return page;
  };

  const createConfigMaps = async (namespace: string, names: readonly string[]): Promise<void> => {
    const target = { resource: configMaps, namespace };
    const objects = names.map((name) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name } }));
    await Promise.all(objects.map((object) => kube.objects.create(target, object, signal)));
  };

  test("lists 1,200 objects in pages of 500", async () => {
    const namespace = await cluster.createNamespace("pages");
    const all = Array.from({ length: 1200 }, (_, i) => `item-${String(i).padStart(4, "0")}`);
    for (let i = 0; i < all.length; i += 50) await createConfigMaps(namespace, all.slice(i, i + 50));
    const names: string[] = [];
    const sizes: number[] = [];
    let next: string | undefined;
    do {
      const before = names.length;
      const page = await listPage(namespace, { limit: 500, continue: next }, names);
      sizes.push(names.length - before);
      next = page.continue;
    } while (next !== undefined);
    assert.deepEqual(sizes, [500, 500, 200]);
    assert.deepEqual(names, all);
  });

  test("watches what happens after a list, with whole objects", async () => {
    const namespace = await cluster.createNamespace("watched");
    const { resourceVersion } = await listPage(namespace, {}, []);
    const sink = new RecordingSink();
    const done = new AbortController();
    const watch = kube.listWatch(scopeOf(namespace)).watch({ resourceVersion, timeoutSeconds: 60 }, sink, done.signal);
    await cluster.create(configMap("one", { namespace, data: { text: "ä\u2028€" } }));
    await cluster.label(configMap("one", { namespace }), { a: "b" });
    await cluster.delete(configMap("one", { namespace }));
    await sink.until((lines) => lines.length === 3);
    assert.deepEqual(sink.lines, ["ADDED one", "MODIFIED one", "DELETED one"]);
    assert.deepEqual(sink.objects[0]?.["data"], { text: "ä\u2028€" });
    done.abort(new Error("enough"));
    await assert.rejects(watch, /enough/);
  });

  test("a watch-list tells what is there, marks its end, and goes on live", async () => {
    const namespace = await cluster.createNamespace("watch-list");
    await createConfigMaps(namespace, ["one", "two"]);
    const sink = new RecordingSink();
    const done = new AbortController();
    const query = { resourceVersion: "", timeoutSeconds: 60, sendInitialEvents: true };
    const watch = kube.listWatch(scopeOf(namespace)).watch(query, sink, done.signal);
    await sink.until((lines) => lines.length === 3);
    await createConfigMaps(namespace, ["three"]);
    await sink.until((lines) => lines.length === 4);
    assert.deepEqual(sink.lines, ["ADDED one", "ADDED two", "BOOKMARK initial events end", "ADDED three"]);
    done.abort(new Error("enough"));
    await assert.rejects(watch, /enough/);
  });

  test("objects of a megabyte arrive whole from list and watch", async () => {
    const namespace = await cluster.createNamespace("large");
    const object = { metadata: { name: "large" }, data: { text: "ä".repeat(500_000) } };
    const { resourceVersion } = await listPage(namespace, {}, []);
    await kube.objects.create({ resource: configMaps, namespace }, object, signal);
    const client = kube.listWatch(scopeOf(namespace));
    const listed: RecordedObject[] = [];
    await client.list({}, (item) => listed.push(recorded(item)), signal);
    const sink = new RecordingSink();
    const end = client.watch({ resourceVersion, timeoutSeconds: 1 }, sink, signal);
    await sink.until((lines) => lines.length === 1);
    assert.deepEqual(listed[0]?.["data"], object.data);
    assert.deepEqual(sink.objects, listed);
    assert.deepEqual(await end, { type: "closed" });
  });

  test("a label selector and a field selector narrow a list at the server", async () => {
    const namespace = await cluster.createNamespace("selectors");
    await createConfigMaps(namespace, ["one", "two"]);
    await cluster.label(configMap("two", { namespace }), { tier: "back" });
    const namesOf = async (selectors: object): Promise<string[]> => {
      const names: string[] = [];
      const client = kube.listWatch({ resource: configMaps, namespace, ...selectors });
      await client.list({}, (object) => names.push(object.name), signal);
      return names;
    };
    assert.deepEqual(await namesOf({ labelSelector: "tier in (back)" }), ["two"]);
    assert.deepEqual(await namesOf({ fieldSelector: "metadata.name=one" }), ["one"]);
  });

  test("objects are created, read, patched in four ways, and deleted", async () => {
    const namespace = await cluster.createNamespace("objects");
    const { objects } = kube;
    const target = { resource: configMaps, namespace, name: "one" };
    await createConfigMaps(namespace, ["one"]);
    const patches = [
      [{ data: { a: "merge" } }, "merge"],
      [[{ op: "add", path: "/data/b", value: "json" }], "json"],
      [{ data: { c: "strategic" } }, "strategic"],
      [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "one" }, data: { d: "apply" } }, "apply"],
    ] as const;
    for (const [patch, type] of patches)
      assert.equal((await objects.patch(target, patch, type, signal)).type, "object");
    const answer = await objects.get(target, signal);
    assert.ok(answer.type === "object");
    assert.deepEqual((answer.object as RecordedObject)["data"], { a: "merge", b: "json", c: "strategic", d: "apply" });
    assert.equal((await objects.delete(target, signal)).type, "object");
    const gone = await objects.get(target, signal);
    assert.ok(gone.type === "status");
    assert.deepEqual([gone.code, gone.reason], [404, "NotFound"]);
  });

  test("a status is patched through its subresource", async () => {
    const namespace = await cluster.createNamespace("subresource");
    const spec = { containers: [{ name: "c", image: "i" }] };
    const pods = { resource: await resource("po"), namespace };
    await kube.objects.create(pods, { metadata: { name: "p" }, spec }, signal);
    const target = { ...pods, name: "p", subresource: "status" };
    const answer = await kube.objects.patch(target, { status: { phase: "Running" } }, "merge", signal);
    assert.ok(answer.type === "object");
    assert.deepEqual((answer.object as { status: { phase: string } }).status.phase, "Running");
  });

  test("the server's names resolve, and a CRD's names as soon as it is there", async () => {
    for (const name of ["deploy", "Deployment", "deployments.apps", "deployments.v1.apps"]) {
      assert.equal((await resource(name)).plural, "deployments");
    }
    assert.deepEqual(await kube.catalog.resolve("lanterns", signal), { type: "unknown", nearest: [] });
    await cluster.apply(customResource("Lantern", { shortNames: ["lan"] }));
    await cluster.untilServed("example.com/v1", "Lantern");
    const fresh = connect();
    for (const name of ["lanterns", "lan", "Lantern", "lanterns.example.com", "lanterns.v1.example.com"]) {
      await until(async () => (await fresh.catalog.resolve(name, signal)).type === "found");
    }
    await fresh.close();
  });

  test("a resource version from before a compaction is answered with 410", async () => {
    const namespace = await cluster.createNamespace("compacted");
    const { resourceVersion } = await listPage(namespace, {}, []);
    await createConfigMaps(namespace, ["one", "two"]);
    await cluster.forgetHistory();
    const client = kube.listWatch(scopeOf(namespace));
    const sink = new RecordingSink();
    const end = await client.watch({ resourceVersion, timeoutSeconds: 10 }, sink, signal);
    assert.ok(end.type === "failed" && end.failure.type === "status", JSON.stringify(end));
    assert.deepEqual([end.failure.code, end.failure.reason, sink.lines], [410, "Expired", []]);
  });
});

/** Tries again until it holds; the suite's timeout ends it otherwise. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(200);
}
