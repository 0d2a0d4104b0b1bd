import assert from "node:assert/strict";
import { suite, test } from "node:test";

import { DEPLOYMENTS, DispatchBench, tier } from "../support/dispatch-bench.ts";
import { TickingCache } from "../support/ticking-cache.ts";

const WEB = { labels: { tier: "web" } };
const DB = { labels: { tier: "db" } };

suite("a reload", () => {
  test("lets runs in flight end on the old code and starts everything else on the new", () => {
    const bench = new DispatchBench({ concurrency: 1 });
    for (const key of ["a/1", "a/2"]) bench.write(key);
    bench.reload();
    assert.deepEqual(bench.told, ["added a/1 1"]);
    bench.finish();
    assert.deepEqual([bench.told, bench.runs[0]?.revision], [["added a/2 2"], 2]);
  });

  test("starts what waits for a retry at once, as its first attempt", () => {
    const bench = new DispatchBench();
    bench.write("a/web");
    bench.finish("failed");
    bench.reload();
    assert.deepEqual([bench.told, bench.attempts], [["added a/web 1"], [1]]);
  });

  test("leaves dead letters parked and a requeue at its time", () => {
    const bench = new DispatchBench();
    bench.write("a/dead");
    bench.finish("permanent");
    bench.write("a/again");
    bench.finish({ type: "done", requeueAfterMs: 60_000 });
    bench.reload();
    assert.deepEqual(bench.told, []);
    assert.deepEqual(bench.dispatcher.counts, { queued: 0, waiting: 1, running: 0, parked: 1 });
  });

  test("tries dead letters again where a save is mostly the fix", () => {
    const bench = new DispatchBench({ replaysOnReload: true });
    bench.write("a/dead");
    bench.finish("permanent");
    bench.reload();
    assert.deepEqual([bench.told, bench.attempts, bench.causes], [["added a/dead 1"], [1], ["replay"]]);
    bench.finish();
    assert.deepEqual([...bench.dispatcher.slots], []);
  });

  test("tells nothing about idle objects if the handler listens to more event types", () => {
    const bench = new DispatchBench({ events: ["deleted"] });
    bench.write("a/web");
    bench.reload({ events: ["added", "updated", "deleted"] });
    assert.deepEqual(bench.told, []);
  });

  test("ends a requeue of a handler that listens to neither added nor updated any more", () => {
    const bench = new DispatchBench();
    bench.write("a/web");
    bench.finish({ type: "done", requeueAfterMs: 60_000 });
    bench.reload({ events: ["deleted"] });
    assert.deepEqual([...bench.dispatcher.slots], []);
  });
});

suite("a scope that grows", () => {
  test("tells the objects that match now as added", () => {
    const bench = new DispatchBench({ selector: tier("web") });
    bench.write("a/web", WEB);
    bench.finish();
    bench.write("a/db", DB);
    bench.reload({ selector: { matches: () => true } });
    assert.deepEqual([bench.told, bench.causes], [["added a/db 2"], ["reload"]]);
  });

  test("tells nothing of them with initial: skip", () => {
    const bench = new DispatchBench({ selector: tier("web"), initial: "skip" });
    bench.write("a/db", DB);
    bench.reload({ selector: { matches: () => true } });
    assert.deepEqual(bench.told, []);
    bench.write("a/db");
    assert.deepEqual(bench.told, ["updated a/db 1→2"]);
  });

  test("tells an object whose unselected still waits as updated", () => {
    const bench = new DispatchBench({ selector: tier("web") });
    bench.write("a/web", WEB);
    bench.finish();
    bench.dispatcher.pause();
    bench.write("a/web", DB);
    bench.reload({ selector: { matches: () => true } });
    bench.dispatcher.resume();
    assert.deepEqual(bench.told, ["updated a/web 1→2"]);
  });
});

suite("a scope that shrinks", () => {
  test("forgets what it puts out, without an event, so that it is added again when the scope grows again", () => {
    const bench = new DispatchBench();
    bench.write("a/web", DB);
    bench.finish();
    bench.reload({ selector: tier("web") });
    assert.deepEqual(bench.told, []);
    bench.reload({ selector: { matches: () => true } });
    assert.deepEqual(bench.told, ["added a/web 1"]);
  });

  test("forgets work that waits, parked objects and requeues", () => {
    const bench = new DispatchBench();
    bench.write("a/waits", DB);
    bench.finish("failed");
    bench.write("a/dead", DB);
    bench.finish("permanent");
    bench.write("a/again", DB);
    bench.finish({ type: "done", requeueAfterMs: 60_000 });
    bench.reload({ selector: tier("web") });
    assert.deepEqual([...bench.dispatcher.slots], []);
    assert.deepEqual(bench.clock.pending, []);
  });

  test("lets a run of a forgotten object end for nobody, and nothing else start there until then", () => {
    const bench = new DispatchBench();
    bench.write("a/web", DB);
    bench.reload({ selector: tier("web") });
    bench.write("a/web", WEB);
    assert.deepEqual(bench.told, ["added a/web 1"]);
    bench.finish("failed");
    assert.equal(bench.observed.at(-1), "failed: forgotten");
    assert.deepEqual([bench.told, bench.attempts], [["added a/web 2"], [1]]);
  });

  test("keeps a difference that has another reason", () => {
    const bench = new DispatchBench({ selector: tier("web") });
    bench.write("a/web", WEB);
    bench.finish();
    bench.dispatcher.pause();
    bench.write("a/web", DB);
    bench.reload({ selector: tier("cache") });
    bench.dispatcher.resume();
    assert.deepEqual(bench.told, ["unselected a/web 1→2"]);
  });
});

suite("another resource", () => {
  function cacheOfDeployments(): TickingCache {
    const cache = new TickingCache();
    cache.set({ key: "a/web", uid: "deployment", resourceVersion: "90" });
    return cache;
  }

  test("starts as new, and nothing of the old one is told to the new code", () => {
    const bench = new DispatchBench({ concurrency: 1 });
    for (const key of ["a/1", "a/2"]) bench.write(key);
    bench.reload({ resource: DEPLOYMENTS }, cacheOfDeployments());
    assert.deepEqual(bench.told, ["added a/1 1"]);
    bench.finish();
    assert.deepEqual([bench.told, bench.causes], [["added a/web 90"], ["initial"]]);
    assert.equal(bench.runs[0]?.delivery.resource.plural, "deployments");
  });

  test("is not blocked by a run of the old one under the same name", () => {
    const bench = new DispatchBench();
    bench.write("a/web");
    bench.reload({ resource: DEPLOYMENTS }, cacheOfDeployments());
    assert.deepEqual(bench.told, ["added a/web 1", "added a/web 90"]);
  });

  test("and back still waits for the run that was in flight before", () => {
    const bench = new DispatchBench();
    bench.write("a/web");
    const pods = bench.cache;
    bench.reload({ resource: DEPLOYMENTS, events: [] }, cacheOfDeployments());
    bench.reload({ resource: bench.runs[0]?.delivery.resource ?? DEPLOYMENTS, events: ["added"] }, pods);
    assert.equal(bench.runs.length, 1);
    bench.finish();
    assert.deepEqual([bench.told, bench.runs[0]?.revision], [["added a/web 1"], 3]);
  });
});

suite("another informer", () => {
  test("is compared with the old one, so that what only its list knew is told", () => {
    const bench = new DispatchBench({ namespaces: ["a"] });
    for (const key of ["a/changed", "a/gone", "a/same"]) bench.write(key);
    bench.drain();
    const cache = new TickingCache();
    cache.set({ key: "a/changed", uid: "uid-1", resourceVersion: "91" });
    cache.set({ key: "a/same", uid: "uid-3", resourceVersion: "3" });
    cache.set({ key: "a/new", uid: "uid-4", resourceVersion: "92" });
    cache.set({ key: "b/grown", uid: "uid-5", resourceVersion: "93" });
    bench.reload({ namespaces: ["a", "b"] }, cache);
    assert.deepEqual(bench.told, ["updated a/changed 1→91", "deleted a/gone 2", "added a/new 92", "added b/grown 93"]);
    assert.deepEqual(bench.causes, ["relist", "relist", "relist", "reload"]);
  });

  test("behind another field selector tells no delete for what that hides, and what it shows is new to the scope", () => {
    const bench = new DispatchBench({ fieldSelector: "spec.nodeName=n1" });
    for (const key of ["a/both", "a/hidden"]) bench.write(key);
    bench.drain();
    const cache = new TickingCache();
    cache.set({ key: "a/both", uid: "uid-1", resourceVersion: "1" });
    cache.set({ key: "a/shown", uid: "uid-9", resourceVersion: "9" });
    bench.reload({ fieldSelector: "spec.nodeName=n2" }, cache);
    assert.deepEqual([bench.told, bench.causes], [["added a/shown 9"], ["reload"]]);
    bench.drain();
    assert.deepEqual([...bench.dispatcher.slots], []);
  });

  test("behind its first field selector forgets the work of what that hides, but not of what was deleted before", () => {
    const bench = new DispatchBench();
    for (const key of ["a/running", "a/waits", "a/deleted"]) bench.write(key);
    bench.finish("failed", "a/waits");
    bench.finish("done", "a/deleted");
    bench.dispatcher.pause();
    bench.remove("a/deleted");
    bench.reload({ fieldSelector: "spec.nodeName=n2" }, new TickingCache());
    bench.dispatcher.resume();
    assert.deepEqual(bench.told, ["added a/running 1", "deleted a/deleted 4"]);
    bench.drain();
    assert.deepEqual([bench.observed.includes("done: forgotten"), [...bench.dispatcher.slots]], [true, []]);
  });

  test("behind another field selector leaves alone what a grown selector would bring in but the fields hide", () => {
    const bench = new DispatchBench({ selector: tier("web") });
    bench.write("a/db", DB);
    bench.reload({ selector: { matches: () => true }, fieldSelector: "spec.nodeName=n2" }, new TickingCache());
    assert.deepEqual([bench.told, [...bench.dispatcher.slots]], [[], []]);
  });

  test("with another selector that the API server applies skips what is new to the scope, if the handler wants that", () => {
    const bench = new DispatchBench({ selector: tier("web"), initial: "skip" });
    bench.write("a/web", WEB);
    bench.drain();
    const cache = new TickingCache();
    cache.set({ key: "a/db", uid: "uid-8", resourceVersion: "8", ...DB });
    bench.reload({ selector: tier("db") }, cache);
    assert.deepEqual(bench.told, []);
  });

  test("that no longer watches a namespace ends its work there without an event", () => {
    const bench = new DispatchBench({ namespaces: ["a", "b"], concurrency: 1 });
    for (const key of ["a/1", "b/1"]) bench.write(key);
    const cache = new TickingCache();
    cache.set({ key: "a/1", uid: "uid-1", resourceVersion: "1" });
    bench.reload({ namespaces: ["a"] }, cache);
    assert.deepEqual(bench.drain(), ["added a/1 1"]);
  });
});
