import assert from "node:assert/strict";
import { test } from "node:test";

import { DispatchBench } from "../support/dispatch-bench.ts";

test("a delivery says what happened, to what, why, and when the cache showed it", async () => {
  const bench = new DispatchBench({ concurrency: 1 });
  bench.write("a/busy");
  bench.write("a/web");
  const shownAt = bench.clock.now();
  await bench.advance(5_000);
  bench.finish();
  const { delivery, number, revision } = bench.runs[0] ?? assert.fail("nothing runs");
  const { object, ...rest } = delivery;
  assert.deepEqual([number, revision, object.key], [2, 1, "a/web"]);
  assert.deepEqual(rest, {
    id: "uid-2/2/added",
    type: "added",
    resource: bench.options.resource,
    old: undefined,
    finalStateUnknown: false,
    cause: "live",
    attempt: 1,
    observedAt: shownAt,
  });
});

test("a delivery stays readable after the cache has moved on", () => {
  const bench = new DispatchBench();
  bench.write("a/web", { spec: 1 });
  bench.finish();
  bench.write("a/web", { spec: 2 });
  bench.write("a/web", { spec: 3 });
  const specs = bench.runs.map(({ delivery: { object, old } }) =>
    [old, object].map((one) => JSON.parse(Buffer.from(one?.bytes() ?? []).toString()).spec),
  );
  assert.deepEqual(specs, [[1, 2]]);
});

test("nothing starts for an object whose change the cache shows but nobody has told yet", () => {
  const bench = new DispatchBench({ concurrency: 1 });
  for (const key of ["a/1", "a/2"]) bench.write(key);
  bench.exists("a/2", { resourceVersion: "9" });
  bench.finish();
  assert.deepEqual(bench.told, []);
  const after = bench.cache.get("a/2");
  bench.dispatcher.change({ key: "a/2", before: undefined, after, last: undefined, relist: false });
  assert.deepEqual(bench.told, ["added a/2 9"]);
});

test("a paused handler starts nothing and forgets nothing", () => {
  const bench = new DispatchBench({ concurrency: 1 });
  for (const key of ["a/1", "a/2"]) bench.write(key);
  bench.dispatcher.pause();
  bench.finish();
  assert.deepEqual(bench.told, []);
  bench.dispatcher.resume();
  assert.deepEqual(bench.told, ["added a/2 2"]);
});

test("a closed dispatcher is idle once its last run has ended, and leaves no timer", async () => {
  const bench = new DispatchBench({ concurrency: 1, resyncMs: 60_000 });
  for (const key of ["a/1", "a/2"]) bench.write(key);
  bench.dispatcher.close();
  assert.deepEqual(bench.clock.pending, []);
  const order: string[] = [];
  const idle = bench.dispatcher.idle.then(() => order.push("idle"));
  order.push("finish");
  bench.finish("failed");
  await idle;
  assert.deepEqual(order, ["finish", "idle"]);
  assert.deepEqual([bench.told, bench.clock.pending], [[], []]);
  assert.deepEqual(bench.dispatcher.counts, { queued: 1, waiting: 1, running: 0, parked: 0 });
});

test("a run cannot be finished twice", () => {
  const bench = new DispatchBench();
  bench.write("a/web");
  const [run] = bench.runs;
  assert.ok(run);
  bench.finish();
  assert.throws(() => bench.dispatcher.finish(run, { type: "done" }), {
    message: "Cannot finish run 1: it is not running. Finish each run once",
  });
});

test("of the objects that came and went untold the oldest are forgotten above ten thousand, never one that was begun", () => {
  const bench = new DispatchBench({ concurrency: 1 });
  bench.write("a/begun");
  bench.remove("a/begun");
  for (let i = 0; i < 10_001; i++) {
    bench.write("a/web");
    bench.remove("a/web");
  }
  assert.deepEqual(bench.observed, ["forgotten a/web uid-2 (1)"]);
  bench.finish();
  assert.deepEqual(bench.told, ["added a/web 6"]);
  assert.ok([...bench.dispatcher.slots].some(({ key }) => key === "a/begun"));
});
