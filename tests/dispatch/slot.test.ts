import assert from "node:assert/strict";
import { test } from "node:test";

import { DispatchBench } from "../support/dispatch-bench.ts";

test("a handler is told the newest version, with what it last finished as old", () => {
  const bench = new DispatchBench();
  bench.write("a/web");
  assert.deepEqual(bench.told, ["added a/web 1"]);
  bench.write("a/web");
  bench.write("a/web");
  bench.finish();
  assert.deepEqual(bench.told, ["updated a/web 1→3"]);
});

test("one object has one run at a time, others run beside it up to the concurrency", () => {
  const bench = new DispatchBench({ concurrency: 2 });
  for (const key of ["a/1", "a/2", "a/3"]) bench.write(key);
  bench.write("a/1");
  assert.deepEqual(bench.told, ["added a/1 1", "added a/2 2"]);
  bench.finish("done", "a/2");
  assert.deepEqual(bench.told, ["added a/1 1", "added a/3 3"]);
});

test("an object that came and went while its handler was busy is told as added, then deleted", () => {
  const bench = new DispatchBench({ concurrency: 1 });
  bench.write("a/busy");
  bench.write("a/web");
  bench.remove("a/web");
  bench.finish();
  assert.deepEqual(bench.told, ["added a/web 3"]);
  bench.finish();
  assert.deepEqual(bench.told, ["deleted a/web 3"]);
});

test("a name that is created again is told as deleted, then added", () => {
  const bench = new DispatchBench();
  bench.write("a/web");
  bench.finish();
  bench.write("a/web", { uid: "another" }, { relist: true });
  assert.deepEqual(bench.drain(), ["deleted a/web 1", "added a/web 2"]);
});

test("a failed event is tried again after a wait, with what is newest then", async () => {
  const bench = new DispatchBench();
  bench.write("a/web");
  bench.finish("failed");
  bench.write("a/web");
  assert.deepEqual(bench.told, []);
  await bench.advance(499);
  assert.deepEqual(bench.told, []);
  await bench.advance(1);
  assert.deepEqual(bench.told, ["added a/web 2"]);
  assert.deepEqual(bench.attempts, [2]);
});

test("the last attempt makes a dead letter and parks the object until a newer version", async () => {
  const bench = new DispatchBench({ retry: { attempts: 2, backoffMs: 1_000, maxBackoffMs: 1_000 } });
  bench.write("a/web");
  bench.finish("failed");
  await bench.advance(1_000);
  bench.finish("failed");
  assert.deepEqual(bench.dispatcher.counts, { queued: 0, waiting: 0, running: 0, parked: 1 });
  assert.deepEqual(
    bench.dispatcher.deadLetters.map(({ event, key, attempts }) => [event.type, key, attempts]),
    [["added", "a/web", 2]],
  );
  bench.write("a/web");
  assert.deepEqual(bench.told, ["added a/web 2"]);
  assert.deepEqual(bench.attempts, [1]);
});

test("an idle handler holds nothing", () => {
  const bench = new DispatchBench();
  bench.meet("a/web");
  bench.write("a/web");
  bench.drain();
  assert.deepEqual([...bench.dispatcher.slots], []);
  assert.deepEqual(bench.clock.pending, []);
});
