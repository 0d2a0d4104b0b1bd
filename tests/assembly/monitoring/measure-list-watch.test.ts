import assert from "node:assert/strict";
import { test } from "node:test";
import { cacheBytes, cacheSizes } from "#assembly/monitoring/cache-sizes.ts";
import { informerHealth } from "#assembly/monitoring/informer-health.ts";
import { measureListWatch, releaseStopped } from "#assembly/monitoring/measure-list-watch.ts";
import type { InformerOptions } from "#informer/informer-options.ts";
import { SharedInformerFactory } from "#informer/shared-informer-factory.ts";
import { FakeClock, settle } from "../../support/fake-clock.ts";
import { pods } from "../../support/informer-rig.ts";
import { pod } from "../../support/objects.ts";
import { createMetrics, textOf } from "../../support/observed-metrics.ts";
import { expired, refused, ScriptedListWatch } from "../../support/scripted-list-watch.ts";

/** Measured informers before API servers whose answers the test writes, one for each namespace. */
class Bench {
  readonly clock = new FakeClock();
  readonly metrics = createMetrics();
  readonly servers = new Map<string, ScriptedListWatch>();
  readonly factory: SharedInformerFactory;

  constructor(options: InformerOptions = { watchList: false }) {
    const listWatch = measureListWatch(this.metrics.informers, ({ namespace }) => {
      const server = new ScriptedListWatch();
      this.servers.set(namespace, server);
      return server;
    });
    const observer = releaseStopped(this.metrics.informers);
    this.factory = new SharedInformerFactory({ clock: this.clock, random: () => 0, listWatch, observer }, options);
    this.factory.start(new AbortController().signal);
  }

  server(namespace = ""): ScriptedListWatch {
    const server = this.servers.get(namespace);
    if (!server) throw new Error(`nobody reads namespace "${namespace}"`);
    return server;
  }

  async counts(name: string): Promise<Readonly<Record<string, number>>> {
    const series = (await textOf(this.metrics)).series(`informd_informer_${name}`);
    return Object.fromEntries(
      series.map(({ labels, value }) => [Object.values(labels).filter(Boolean).join(" "), value]),
    );
  }
}

test("events of a watch are counted by type, a complete state is not", async () => {
  const bench = new Bench();
  bench.factory.acquire({ resource: pods });
  bench.server().answerList([pod({ name: "web" }), pod({ name: "api" })], "10");
  await settle();
  const { lastWatch } = bench.server();
  lastWatch.opened();
  lastWatch.added(pod({ name: "db", resourceVersion: "11" }));
  lastWatch.modified(pod({ name: "db", resourceVersion: "12" }));
  lastWatch.modified(pod({ name: "web", resourceVersion: "13" }));
  lastWatch.deleted(pod({ name: "api", resourceVersion: "14" }));
  assert.deepEqual(await bench.counts("events_total"), { "pods added": 1, "pods modified": 2, "pods deleted": 1 });
  assert.deepEqual(await bench.counts("relists_total"), { pods: 0 });
  await bench.factory.shutdown();
});

test("the events with which a watch tells the complete state are not counted", async () => {
  const bench = new Bench({ watchList: true });
  bench.factory.acquire({ resource: pods });
  await settle();
  const { lastWatch } = bench.server();
  lastWatch.opened();
  lastWatch.added(pod({ name: "web", resourceVersion: "9" }));
  lastWatch.initialEventsEnd("10");
  lastWatch.added(pod({ name: "db", resourceVersion: "11" }));
  assert.equal((await bench.counts("events_total"))["pods added"], 1);
  assert.deepEqual(await bench.counts("relists_total"), { pods: 0 });
  await bench.factory.shutdown();
});

test("a state that is read again is a relist, by pages or as a watch-list; one that cannot be read is none", async () => {
  const bench = new Bench();
  bench.factory.acquire({ resource: pods });
  bench.server().answerList([pod()], "10", "next").answerList([], "10");
  await settle();
  bench.server().lastWatch.fail(expired);
  bench.server().failList(refused).answerList([pod()], "20");
  await bench.clock.advance(60_000);
  assert.deepEqual(await bench.counts("relists_total"), { pods: 1 });
  await bench.factory.shutdown();
});

test("the ends of watches are counted by reason", async () => {
  const bench = new Bench();
  bench.factory.acquire({ resource: pods });
  bench.server().answerList([pod()], "10");
  await settle();
  bench.server().lastWatch.added(pod({ name: "db", resourceVersion: "11" }));
  bench.server().refuseWatch(refused);
  bench.server().lastWatch.close();
  await bench.clock.advance(5000);
  bench.server().lastWatch.fail(expired);
  await settle();
  assert.deepEqual(await bench.counts("watch_restarts_total"), {
    "pods closed": 1,
    "pods refused": 1,
    "pods expired": 1,
  });
  await bench.factory.shutdown();
});

test("the series of an informer go when nobody needs it any more", async () => {
  const bench = new Bench();
  const share = bench.factory.acquire({ resource: pods });
  await settle();
  assert.deepEqual(await bench.counts("relists_total"), { pods: 0 });
  share.release();
  await settle();
  assert.deepEqual(await bench.counts("relists_total"), {});
  assert.deepEqual(bench.factory.informers, []);
});

test("sizes and health are told by resource and namespace, over all informers of it", async () => {
  const bench = new Bench();
  bench.factory.acquire({ resource: pods, namespaces: ["b", "a", "b"] });
  await settle();
  const [inA, inB] = [bench.server("a"), bench.server("b")];
  inA.answerList([pod({ name: "1", namespace: "a" })], "10");
  inB.answerList(
    ["2", "3"].map((name) => pod({ name, namespace: "b" })),
    "10",
  );
  await settle();
  for (const server of [inA, inB]) server.lastWatch.opened();
  bench.factory.acquire({ resource: pods, namespaces: ["b"] });
  await settle();
  const { informers } = bench.factory;
  assert.deepEqual(cacheSizes(informers), [
    { resource: "pods", namespace: "a", synced: true, objects: 1 },
    { resource: "pods", namespace: "b", synced: false, objects: 2 },
  ]);
  bench.server("b").answerList(
    ["2", "3"].map((name) => pod({ name, namespace: "b" })),
    "10",
  );
  await settle();
  assert.deepEqual(
    cacheSizes(informers).map(({ objects, synced }) => [objects, synced]),
    [
      [1, true],
      [4, true],
    ],
  );
  const [bytes] = cacheBytes(informers);
  assert.equal(bytes?.resource, "pods");
  assert.ok((bytes?.usedBytes ?? 0) > 0 && (bytes?.allocatedBytes ?? 0) >= (bytes?.usedBytes ?? 0));
  inA.lastWatch.fail(expired);
  await settle();
  assert.deepEqual(
    informerHealth(informers).map(({ synced }) => synced),
    [false, false],
  );
  await bench.factory.shutdown();
});

test("health tells informers of one resource apart by what the API server selects for them", async () => {
  const bench = new Bench();
  const selectors = { labelSelector: "app=web", fieldSelector: "spec.nodeName=a" };
  bench.factory.acquire({ resource: pods });
  bench.factory.acquire({ resource: pods, ...selectors });
  await settle();
  const pending = { resource: "pods", namespace: "", synced: false };
  assert.deepEqual(informerHealth(bench.factory.informers), [pending, { ...pending, ...selectors }]);
  assert.deepEqual(cacheSizes(bench.factory.informers), [{ ...pending, objects: 0 }]);
  await bench.factory.shutdown();
});
