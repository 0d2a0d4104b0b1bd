import assert from "node:assert/strict";
import { suite, test } from "node:test";

import { DispatchBench, tier } from "../support/dispatch-bench.ts";

const MINUTE = 60_000;

suite("a resync", () => {
  test("tells every matching object without other work once more, as updated with old the same", () => {
    const bench = new DispatchBench({ selector: tier("web") });
    bench.exists("a/web", { labels: { tier: "web" } });
    bench.exists("a/db", { labels: { tier: "db" } });
    bench.dispatcher.resync();
    assert.deepEqual(bench.told, ["updated a/web 1→1"]);
    assert.deepEqual(bench.causes, ["resync"]);
  });

  test("never multiplies", () => {
    const bench = new DispatchBench({ concurrency: 1 });
    for (const key of ["a/1", "a/2"]) bench.exists(key);
    bench.dispatcher.resync();
    bench.dispatcher.resync();
    assert.deepEqual(bench.drain(), ["updated a/1 1→1", "updated a/2 2→2"]);
  });

  test("tells the difference if there is one when the run starts, as resync", () => {
    const bench = new DispatchBench({ concurrency: 1 });
    for (const key of ["a/1", "a/2"]) bench.exists(key);
    bench.dispatcher.resync();
    bench.write("a/2");
    bench.finish();
    assert.deepEqual(bench.told, ["updated a/2 2→3"]);
    assert.deepEqual(bench.causes, ["resync"]);
    bench.finish();
    assert.deepEqual(bench.told, []);
  });

  test("is told as added to a handler that does not listen to updated, and not at all to one that listens to neither", () => {
    const adds = new DispatchBench({ events: ["added"] });
    adds.exists("a/web");
    adds.dispatcher.resync();
    assert.deepEqual(adds.told, ["added a/web 1"]);
    const deletes = new DispatchBench({ events: ["deleted"] });
    deletes.exists("a/web");
    deletes.dispatcher.resync();
    assert.deepEqual([...deletes.dispatcher.slots], []);
  });

  test("is told whatever changed says", () => {
    const bench = new DispatchBench({ changed: ["spec"] });
    bench.exists("a/web");
    bench.dispatcher.resync();
    assert.deepEqual(bench.told, ["updated a/web 1→1"]);
  });

  test("comes by itself, the first time after a random part of the period", async () => {
    const bench = new DispatchBench({ resyncMs: 10 * MINUTE });
    bench.exists("a/web");
    await bench.advance(5 * MINUTE - 1);
    assert.deepEqual(bench.told, []);
    await bench.advance(1);
    assert.deepEqual(bench.drain(), ["updated a/web 1→1"]);
    await bench.advance(10 * MINUTE);
    assert.deepEqual(bench.drain(), ["updated a/web 1→1"]);
  });

  test("takes its period from the newest options", async () => {
    const bench = new DispatchBench({ resyncMs: 10 * MINUTE });
    bench.reload({ resyncMs: undefined });
    assert.deepEqual(bench.clock.pending, []);
  });
});

suite("requeueAfter", () => {
  const requeue = { type: "done", requeueAfterMs: 5 * MINUTE } as const;

  test("tells the unchanged object again after that time", async () => {
    const bench = new DispatchBench();
    bench.write("a/web");
    bench.finish(requeue);
    await bench.advance(5 * MINUTE);
    assert.deepEqual(bench.told, ["updated a/web 1→1"]);
    assert.deepEqual(bench.causes, ["requeue"]);
    bench.finish();
    assert.deepEqual([...bench.dispatcher.slots], []);
  });

  test("does not hold back a newer version, which replaces it when its run returns", async () => {
    const bench = new DispatchBench();
    bench.write("a/web");
    bench.finish(requeue);
    bench.write("a/web");
    assert.deepEqual(bench.told, ["updated a/web 1→2"]);
    bench.finish();
    assert.deepEqual(bench.clock.pending, []);
  });

  test("stays if a later run is skipped or a difference is finished silently", async () => {
    const bench = new DispatchBench({ changed: ["spec"] });
    bench.write("a/web", { spec: 1 });
    bench.finish(requeue);
    bench.write("a/web", { spec: 2 });
    bench.finish("skipped");
    bench.write("a/web", { status: 1 });
    await bench.advance(5 * MINUTE);
    assert.deepEqual(bench.told, ["updated a/web 3→3"]);
  });

  test("is over when a run that it was due for is skipped", async () => {
    const bench = new DispatchBench();
    bench.write("a/web");
    bench.finish(requeue);
    await bench.advance(5 * MINUTE);
    bench.finish("skipped");
    assert.deepEqual([...bench.dispatcher.slots], []);
  });

  test("is dropped when the object is deleted or no longer matches", () => {
    for (const leave of [
      (b: DispatchBench) => b.remove("a/web"),
      (b: DispatchBench) => b.write("a/web", { labels: {} }),
    ]) {
      const bench = new DispatchBench({ selector: tier("web") });
      bench.write("a/web", { labels: { tier: "web" } });
      bench.finish(requeue);
      leave(bench);
      bench.finish();
      assert.deepEqual([...bench.dispatcher.slots], []);
    }
  });

  test("is dropped by a dead letter, which parks nothing if there was no difference", async () => {
    const bench = new DispatchBench();
    bench.write("a/web");
    bench.finish(requeue);
    await bench.advance(5 * MINUTE);
    bench.finish("permanent");
    assert.deepEqual([...bench.dispatcher.slots], []);
    assert.equal(bench.dispatcher.deadLetters.length, 1);
  });

  test("is not forgotten while its failed run waits, and a status change does not shorten that wait", async () => {
    const bench = new DispatchBench({ changed: ["spec"] });
    bench.write("a/web");
    bench.finish(requeue);
    await bench.advance(5 * MINUTE);
    bench.finish("failed");
    bench.write("a/web", { status: 1 });
    assert.deepEqual(bench.told, []);
    await bench.advance(500);
    assert.deepEqual(bench.told, ["updated a/web 2→2"]);
    assert.deepEqual(bench.attempts, [2]);
  });

  test("keeps its own time when a difference that waited for a retry disappears", async () => {
    const bench = new DispatchBench();
    bench.write("a/web");
    bench.finish(requeue);
    bench.write("a/web");
    bench.finish("failed");
    bench.write("a/web", { resourceVersion: "1" });
    await bench.advance(5 * MINUTE - 1);
    assert.deepEqual(bench.told, []);
    await bench.advance(1);
    assert.deepEqual(bench.told, ["updated a/web 1→1"]);
  });

  test("holds no copy of the object while it waits", () => {
    const bench = new DispatchBench();
    bench.write("a/web");
    bench.finish(requeue);
    bench.cache.tick();
    const [slot] = bench.dispatcher.slots;
    assert.throws(() => slot?.handled?.bytes(), /its tick is over/);
  });
});

suite("a replay", () => {
  test("tries the event of a dead letter again as its first attempt", () => {
    const bench = new DispatchBench();
    bench.write("a/web");
    bench.finish("permanent");
    assert.equal(bench.dispatcher.replay("a/web"), true);
    assert.deepEqual(bench.told, ["added a/web 1"]);
    assert.deepEqual([bench.causes, bench.attempts], [["replay"], [1]]);
  });

  test("is refused if the object has gone on", () => {
    const bench = new DispatchBench();
    bench.write("a/web");
    bench.finish("permanent");
    bench.write("a/web");
    assert.equal(bench.dispatcher.replay("a/web"), false);
  });
});
