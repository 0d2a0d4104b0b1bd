import assert from "node:assert/strict";
import { suite, test } from "node:test";

import { DispatchBench, ERROR } from "../support/dispatch-bench.ts";

const MINUTE = 60_000;

suite("the cause of an event", () => {
  test("is initial for the objects that exist when the handler starts", () => {
    const bench = new DispatchBench();
    bench.meet("a/web");
    assert.deepEqual(bench.causes, ["initial"]);
  });

  test("is live for a change as it happens, relist for one found after a gap", () => {
    const bench = new DispatchBench();
    bench.write("a/1");
    bench.write("a/2", {}, { relist: true });
    assert.deepEqual(bench.causes, ["live", "relist"]);
  });

  test("is what made the work first, whatever comes while it waits or is tried again", async () => {
    const bench = new DispatchBench();
    bench.meet("a/web");
    bench.finish("failed");
    bench.write("a/web");
    await bench.advance(MINUTE);
    assert.deepEqual(bench.told, ["added a/web 2"]);
    assert.deepEqual(bench.causes, ["initial"]);
  });

  test("is that of the change if it came during a run", () => {
    const bench = new DispatchBench();
    bench.meet("a/web");
    bench.write("a/web", {}, { relist: true });
    bench.write("a/web");
    bench.finish();
    assert.deepEqual(bench.causes, ["relist"]);
  });
});

suite("with initial: skip, objects that exist at the first start", () => {
  test("are not told, but count as finished", () => {
    const bench = new DispatchBench({ initial: "skip" });
    bench.meet("a/web");
    assert.deepEqual(bench.finishedKeys, ["a/web@1"]);
    bench.write("a/web");
    assert.deepEqual(bench.told, ["updated a/web 1→2"]);
  });
});

suite("priority", () => {
  test("live goes before bulk", () => {
    const bench = new DispatchBench({ concurrency: 1 });
    for (const key of ["a/1", "a/2"]) bench.meet(key);
    bench.write("a/3");
    assert.deepEqual(bench.drain(), ["added a/1 1", "added a/3 3", "added a/2 2"]);
  });

  test("one of eight starts comes from bulk", () => {
    const bench = new DispatchBench({ concurrency: 1 });
    bench.dispatcher.pause();
    for (let i = 0; i < 3; i++) bench.meet(`bulk/${i}`);
    for (let i = 0; i < 16; i++) bench.write(`live/${i}`);
    bench.dispatcher.resume();
    const bulk = bench.drain().flatMap((told, index) => (told.includes("bulk/") ? [index + 1] : []));
    assert.deepEqual(bulk, [8, 16, 19]);
  });

  test("a bulk object that changes moves to the end of live and keeps its cause", () => {
    const bench = new DispatchBench({ concurrency: 1 });
    bench.dispatcher.pause();
    for (const key of ["a/1", "a/2"]) bench.meet(key);
    bench.write("a/3");
    bench.write("a/2");
    bench.dispatcher.resume();
    bench.finish();
    assert.deepEqual(bench.told, ["added a/2 4"]);
    assert.deepEqual(bench.causes, ["initial"]);
  });

  test("whatever follows the first run of a bulk object is live", async () => {
    const bench = new DispatchBench({ concurrency: 1 });
    for (const key of ["a/1", "a/2", "a/3"]) bench.meet(key);
    bench.finish({ type: "failed", error: ERROR, retryAfterMs: 10 });
    await bench.advance(10);
    assert.deepEqual(bench.drain(), ["added a/2 2", "added a/1 1", "added a/3 3"]);
  });
});
