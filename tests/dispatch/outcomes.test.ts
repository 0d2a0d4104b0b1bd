import assert from "node:assert/strict";
import { suite, test } from "node:test";

import { DispatchBench, ERROR, tier } from "../support/dispatch-bench.ts";

const TWO_ATTEMPTS = { retry: { attempts: 2, backoffMs: 1_000, maxBackoffMs: 300_000 } };

suite("a run that", () => {
  test("returned moves what is finished, and the ledger knows before the slot is freed", () => {
    const bench = new DispatchBench();
    bench.write("a/web");
    bench.finish("done");
    assert.deepEqual(bench.finishedKeys, ["a/web@1"]);
    bench.remove("a/web");
    bench.finish("done");
    assert.deepEqual(bench.finishedKeys, ["a/web@1", "a/web@none"]);
  });

  test("was skipped by when counts as finished", () => {
    const bench = new DispatchBench();
    bench.write("a/web");
    bench.finish("skipped");
    assert.deepEqual(bench.observed, ["skipped: finished"]);
    assert.deepEqual([...bench.dispatcher.slots], []);
  });

  test("failed waits for a doubling time with full jitter", async () => {
    const bench = new DispatchBench();
    bench.write("a/web");
    for (const waitMs of [500, 1_000, 2_000, 4_000]) {
      bench.finish("failed");
      assert.deepEqual(bench.clock.pending, [waitMs]);
      await bench.advance(waitMs);
    }
    assert.deepEqual(bench.attempts, [5]);
  });

  test("failed waits no longer than the longest backoff", () => {
    const bench = new DispatchBench({ retry: { attempts: 5, backoffMs: 1_000, maxBackoffMs: 200 } });
    bench.write("a/web");
    bench.finish("failed");
    assert.deepEqual(bench.clock.pending, [100]);
  });

  test("threw RetryAfter waits for that time", () => {
    const bench = new DispatchBench();
    bench.write("a/web");
    bench.finish({ type: "failed", error: ERROR, retryAfterMs: 30_000 });
    assert.deepEqual(bench.clock.pending, [30_000]);
  });

  test("threw PermanentError is a dead letter at once", () => {
    const bench = new DispatchBench();
    bench.write("a/web");
    bench.finish("permanent");
    assert.deepEqual(bench.observed, ["permanent: dead", "dead added a/web after 1"]);
  });

  test("was killed at its deadline is charged, the others of its process start again with the same attempt", async () => {
    const bench = new DispatchBench({ concurrency: 2 });
    for (const key of ["a/1", "a/2"]) bench.write(key);
    bench.dispatcher.processDied(1);
    bench.finish("timedOut", "a/1");
    bench.finish("innocent", "a/2");
    assert.deepEqual([bench.told, bench.attempts], [["added a/2 2"], [1]]);
    await bench.advance(500);
    assert.deepEqual(bench.attempts, [1, 2]);
  });

  test("crashed with its process is charged", async () => {
    const bench = new DispatchBench();
    bench.write("a/web");
    bench.finish("crashed");
    await bench.advance(500);
    assert.deepEqual(bench.attempts, [2]);
  });

  test("failed on code that has been replaced meanwhile is tried by the new code at once, as its first attempt", () => {
    const bench = new DispatchBench(TWO_ATTEMPTS);
    bench.write("a/web");
    bench.reload();
    bench.finish({ type: "failed", error: ERROR, retryAfterMs: 30_000 });
    assert.deepEqual([bench.told, bench.attempts], [["added a/web 1"], [1]]);
    assert.equal(bench.runs[0]?.revision, 2);
  });
});

suite("while an object waits for its next attempt", () => {
  test("another uid stands behind it, and starts as a first attempt without a wait", async () => {
    const bench = new DispatchBench();
    bench.write("a/web");
    bench.finish();
    bench.remove("a/web");
    bench.finish("failed");
    bench.write("a/web", { uid: "other" });
    assert.deepEqual(bench.told, []);
    await bench.advance(500);
    assert.deepEqual([bench.told, bench.attempts], [["deleted a/web 2"], [2]]);
    bench.finish();
    assert.deepEqual([bench.told, bench.attempts], [["added a/web 3"], [1]]);
  });

  test("its work ends if the difference disappears", () => {
    const bench = new DispatchBench({ selector: tier("web") });
    bench.write("a/web", { labels: { tier: "web" } });
    bench.finish("failed");
    bench.write("a/web", { labels: {} });
    assert.deepEqual([...bench.dispatcher.slots], []);
    assert.deepEqual(bench.clock.pending, []);
    bench.write("a/web", { labels: { tier: "web" } });
    assert.deepEqual(bench.attempts, [1]);
  });

  test("a restore of the version that was finished ends its work", () => {
    const bench = new DispatchBench();
    bench.write("a/web");
    bench.finish();
    bench.write("a/web");
    bench.finish("failed");
    bench.write("a/web", { resourceVersion: "1" });
    assert.deepEqual([...bench.dispatcher.slots], []);
  });
});

suite("a dead letter", () => {
  test("of an added object is followed by added, also if it is deleted next", () => {
    const bench = new DispatchBench();
    bench.write("a/web");
    bench.finish("permanent");
    bench.remove("a/web");
    assert.deepEqual(bench.drain(), ["added a/web 2", "deleted a/web 2"]);
  });

  test("of an unselected object is followed by updated if it matches again", () => {
    const bench = new DispatchBench({ selector: tier("web") });
    bench.write("a/web", { labels: { tier: "web" } });
    bench.finish();
    bench.write("a/web", { labels: {} });
    bench.finish("permanent");
    bench.write("a/web", { labels: { tier: "web" } });
    assert.deepEqual(bench.told, ["updated a/web 1→3"]);
  });

  test("parks nothing if a newer version came during the run", () => {
    const bench = new DispatchBench();
    bench.write("a/web");
    bench.write("a/web");
    bench.finish("permanent");
    assert.deepEqual([bench.told, bench.attempts], [["added a/web 2"], [1]]);
  });

  test("of a deleted object ends its life, and the next uid is told", () => {
    const bench = new DispatchBench();
    bench.write("a/web");
    bench.finish();
    bench.remove("a/web");
    bench.write("a/web", { uid: "other" });
    bench.finish("permanent");
    assert.deepEqual(bench.told, ["added a/web 3"]);
  });

  test("of an object that came and went is not followed by its delete", () => {
    const bench = new DispatchBench();
    bench.dispatcher.pause();
    bench.write("a/web");
    bench.remove("a/web");
    bench.dispatcher.resume();
    bench.finish("permanent");
    assert.deepEqual(bench.told, []);
    assert.deepEqual([...bench.dispatcher.slots], []);
  });

  test("says what failed without any content of the object", () => {
    const bench = new DispatchBench();
    bench.write("a/secret", { spec: "s3cret" });
    bench.finish("permanent");
    assert.deepEqual(bench.dispatcher.deadLetters, [
      {
        event: {
          id: "uid-1/1/added",
          type: "added",
          resource: bench.options.resource,
          cause: "live",
          observedAt: bench.clock.now(),
        },
        key: "a/secret",
        error: ERROR,
        attempts: 1,
        revision: 1,
        diedAt: bench.clock.now(),
      },
    ]);
  });

  test("is kept until a thousand newer ones came", () => {
    const bench = new DispatchBench();
    for (let i = 0; i <= 1_000; i++) {
      bench.write(`a/${i}`);
      bench.finish("permanent");
    }
    const { deadLetters } = bench.dispatcher;
    assert.deepEqual([deadLetters.length, deadLetters[0]?.key], [1_000, "a/1"]);
  });
});
