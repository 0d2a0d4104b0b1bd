import assert from "node:assert/strict";
import { suite, test } from "node:test";

import { DispatchBench, ERROR } from "../support/dispatch-bench.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Ten failed runs in a row over `objects` objects. */
function failingBench(objects = 10): DispatchBench {
  const bench = new DispatchBench({ retry: { attempts: 20, backoffMs: 1, maxBackoffMs: 1 } });
  for (let i = 0; i < objects; i++) bench.write(`a/${i}`);
  return bench;
}

async function failTenTimes(bench: DispatchBench): Promise<void> {
  for (let i = 0; i < 10; i++) {
    bench.finish("failed");
    if (bench.runs.length === 0 && i < 9) await bench.advance(1);
  }
}

suite("a handler is failing", () => {
  test("after ten failed runs in a row over three objects", async () => {
    const bench = failingBench();
    for (let i = 0; i < 9; i++) bench.finish("failed");
    assert.equal(bench.dispatcher.health.type, "healthy");
    await bench.advance(1);
    bench.finish("failed");
    assert.deepEqual(bench.dispatcher.health, { type: "failing", retryInMs: SECOND });
    assert.equal(bench.observed.at(-1), "failed: retry");
    assert.ok(bench.observed.includes("failing"));
  });

  test("over fewer objects only if there are no more", async () => {
    const few = failingBench(2);
    await failTenTimes(few);
    assert.equal(few.dispatcher.health.type, "failing");
    const more = failingBench(2);
    more.exists("a/idle");
    await failTenTimes(more);
    assert.equal(more.dispatcher.health.type, "healthy");
  });

  test("and then tries one run at a time, at doubling waits, without charging attempts", async () => {
    const bench = failingBench();
    await failTenTimes(bench);
    for (const waitMs of [SECOND, 2 * SECOND, 4 * SECOND]) {
      while (bench.runs.length > 0) bench.finish("failed");
      const { health } = bench.dispatcher;
      assert.deepEqual(health, { type: "failing", retryInMs: waitMs });
      await bench.advance(waitMs);
      assert.equal(bench.runs.length, 1);
    }
    const attempts = Array.from(bench.dispatcher.slots, ({ attempt }) => attempt);
    assert.ok(Math.max(...attempts) <= 2);
  });

  test("and goes round its objects, so that one bad object does not hold the probe", async () => {
    const bench = failingBench(3);
    await failTenTimes(bench);
    const probed: string[] = [];
    for (const waitMs of [1, 2, 4, 8]) {
      while (bench.runs.length > 0) bench.finish("failed");
      await bench.advance(waitMs * SECOND);
      probed.push(bench.runs[0]?.delivery.object.key ?? "");
    }
    assert.equal(new Set(probed.slice(0, 3)).size, 3);
    assert.equal(probed[3], probed[0]);
  });

  test("until the first run returns", async () => {
    const bench = failingBench();
    await failTenTimes(bench);
    while (bench.runs.length > 0) bench.finish("failed");
    await bench.advance(SECOND);
    bench.finish("done");
    assert.equal(bench.dispatcher.health.type, "healthy");
    assert.equal(bench.runs.length, 8);
  });

  test("whatever is skipped, permanent or innocent meanwhile", async () => {
    for (const outcome of ["skipped", "permanent", "innocent"] as const) {
      const bench = failingBench();
      await failTenTimes(bench);
      while (bench.runs.length > 0) bench.finish("failed");
      await bench.advance(SECOND);
      bench.finish(outcome);
      assert.equal(bench.dispatcher.health.type, "failing", outcome);
    }
  });

  test("and makes dead letters only of PermanentError", async () => {
    const bench = new DispatchBench({ retry: { attempts: 2, backoffMs: 1, maxBackoffMs: 1 } });
    for (let i = 0; i < 10; i++) bench.write(`a/${i}`);
    await failTenTimes(bench);
    const before = bench.dispatcher.deadLetters.length;
    for (let waitMs = SECOND; waitMs <= 16 * SECOND; waitMs *= 2) {
      while (bench.runs.length > 0) bench.finish("failed");
      await bench.advance(waitMs);
    }
    assert.equal(bench.dispatcher.deadLetters.length, before);
    bench.finish("permanent");
    assert.equal(bench.dispatcher.deadLetters.length, before + 1);
  });

  test("no longer once new code serves, which tries all at once", async () => {
    const bench = failingBench();
    await failTenTimes(bench);
    bench.reload();
    assert.equal(bench.dispatcher.health.type, "healthy");
    assert.equal(bench.runs.length, 8);
  });
});

suite("a handler is quarantined", () => {
  async function die(bench: DispatchBench): Promise<void> {
    if (bench.runs.length === 0) await bench.advance(100);
    bench.dispatcher.processDied(bench.dispatcher.revision);
    bench.finish("crashed");
  }

  async function quarantinedBench(): Promise<DispatchBench> {
    const bench = new DispatchBench({ concurrency: 1, retry: { attempts: 99, backoffMs: 1, maxBackoffMs: 1 } });
    bench.write("a/web");
    for (let i = 0; i < 5; i++) await die(bench);
    return bench;
  }

  test("when its process died five times within a minute", async () => {
    const bench = await quarantinedBench();
    assert.deepEqual(bench.dispatcher.health, { type: "quarantined", retryInMs: SECOND, failing: false });
    assert.deepEqual(bench.told, []);
  });

  test("not for five deaths that are spread over more than a minute", async () => {
    const bench = new DispatchBench();
    for (let i = 0; i < 5; i++) {
      bench.dispatcher.processDied(1);
      await bench.advance(16 * SECOND);
    }
    assert.equal(bench.dispatcher.health.type, "healthy");
  });

  test("and a probe that dies doubles the wait, up to five minutes", async () => {
    const bench = await quarantinedBench();
    for (const waitMs of [2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map((seconds) => seconds * SECOND)) {
      await bench.advance(waitMs);
      bench.dispatcher.processDied(1);
      bench.finish("crashed");
      const { health } = bench.dispatcher;
      assert.deepEqual(health.type === "quarantined" && health.retryInMs, waitMs);
    }
  });

  test("until a probe ends in any other way", async () => {
    const bench = await quarantinedBench();
    await bench.advance(SECOND);
    bench.finish("failed");
    assert.equal(bench.dispatcher.health.type, "healthy");
  });

  test("and goes on collecting what happens", async () => {
    const bench = await quarantinedBench();
    for (let i = 0; i < 3; i++) bench.write(`a/${i}`);
    assert.equal(bench.dispatcher.counts.queued + bench.dispatcher.counts.waiting, 4);
  });

  test("never for what an older revision did", async () => {
    const bench = new DispatchBench();
    bench.reload();
    for (let i = 0; i < 9; i++) bench.dispatcher.processDied(1);
    assert.equal(bench.dispatcher.health.type, "healthy");
  });

  test("no longer once new code serves", async () => {
    const bench = await quarantinedBench();
    bench.reload();
    assert.equal(bench.dispatcher.health.type, "healthy");
    assert.deepEqual(bench.told, ["added a/web 1"]);
  });
});

test("RetryAfter keeps its wait while the handler is failing", async () => {
  const bench = failingBench();
  await failTenTimes(bench);
  await bench.advance(SECOND);
  const key = bench.runs[0]?.delivery.object.key;
  bench.finish({ type: "failed", error: ERROR, retryAfterMs: 10 * MINUTE });
  const slot = [...bench.dispatcher.slots].find((one) => one.key === key);
  assert.equal(slot?.notBefore, bench.clock.monotonic() + 10 * MINUTE);
});
