import assert from "node:assert/strict";
import { test } from "node:test";
import { measureRuns } from "#assembly/monitoring/measure-runs.ts";
import type { Cause, Outcome, Run, Verdict } from "#dispatch/ports.ts";
import { ERROR, PODS } from "../../support/dispatch-bench.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { pod, rawObject } from "../../support/objects.ts";
import { createMetrics, textOf } from "../../support/observed-metrics.ts";

const CLOCK = new FakeClock();

function run({
  cause = "live",
  attempt = 1,
  agoMs = 0,
}: { cause?: Cause; attempt?: number; agoMs?: number } = {}): Run {
  return {
    number: 1,
    revision: 1,
    delivery: {
      id: "u1/7/added",
      type: "added",
      resource: PODS,
      object: rawObject(pod()),
      old: undefined,
      finalStateUnknown: false,
      cause,
      attempt,
      observedAt: CLOCK.now() - agoMs,
    },
  };
}

const FINISHED: Verdict = { type: "finished" };
const RETRY: Verdict = { type: "retry", attempt: 2, inMs: 5 };
const DEAD: Verdict = { type: "dead" };

function measured() {
  const metrics = createMetrics();
  metrics.handlers.add("web");
  const name = { handler: "web" };
  const observer = measureRuns(metrics.handlers, CLOCK, () => name.handler);
  return { metrics, observer, name };
}

const ENDS: readonly (readonly [Outcome, Verdict, string])[] = [
  [{ type: "done" }, FINISHED, "done"],
  [{ type: "skipped" }, FINISHED, "skipped"],
  [{ type: "failed", error: ERROR }, RETRY, "failed"],
  [{ type: "failed", error: ERROR }, DEAD, "dead"],
  [{ type: "permanent", error: ERROR }, DEAD, "dead"],
  [{ type: "permanent", error: ERROR }, { type: "forgotten" }, "failed"],
  [{ type: "timedOut", error: ERROR }, RETRY, "timed_out"],
  [{ type: "timedOut", error: ERROR }, DEAD, "dead"],
  [{ type: "crashed", error: ERROR }, RETRY, "crashed"],
  [{ type: "crashed", error: ERROR }, DEAD, "dead"],
];

for (const [outcome, verdict, counted] of ENDS) {
  test(`a run that ended as ${outcome.type}, and is ${verdict.type}, counts once, as ${counted}`, async () => {
    const { metrics, observer } = measured();
    observer.ended?.(run(), outcome, verdict, 250);
    const text = await textOf(metrics);
    const [only, ...others] = text.series("informd_handler_events_total");
    assert.deepEqual([only?.labels, only?.value, others], [{ handler: "web", outcome: counted, cause: "live" }, 1, []]);
    assert.equal(text.value("informd_handler_retries_total"), verdict.type === "retry" ? 1 : 0);
    assert.equal(text.value("informd_handler_duration_seconds_sum"), 0.25);
  });
}

test("a run that is cut short for another one's sake is not counted", async () => {
  const { metrics, observer } = measured();
  observer.ended?.(run(), { type: "innocent" }, RETRY, 250);
  const text = await textOf(metrics);
  assert.deepEqual(text.series("informd_handler_events_total"), []);
  assert.equal(text.value("informd_handler_retries_total"), 0);
  assert.equal(text.value("informd_handler_duration_seconds_count"), 0);
});

test("the lag is that of first runs for something new", async () => {
  const { metrics, observer } = measured();
  observer.started?.(run({ agoMs: 1500 }));
  observer.started?.(run({ agoMs: 500, cause: "initial" }));
  observer.started?.(run({ agoMs: 9000, attempt: 2 }));
  for (const cause of ["resync", "requeue", "reload", "replay"] as const)
    observer.started?.(run({ agoMs: 9000, cause }));
  const text = await textOf(metrics);
  assert.equal(text.value("informd_handler_lag_seconds_count"), 2);
  assert.equal(text.value("informd_handler_lag_seconds_sum"), 2);
});

test("dead letters and forgotten objects are counted", async () => {
  const { metrics, observer } = measured();
  const { delivery } = run();
  observer.deadLetter?.({ event: delivery, key: "default/web", error: ERROR, attempts: 1, revision: 1, diedAt: 0 });
  observer.forgotten?.(rawObject(pod()), 1);
  observer.forgotten?.(rawObject(pod()), 2);
  const text = await textOf(metrics);
  assert.equal(text.value("informd_handler_dead_letters_total"), 1);
  assert.equal(text.value("informd_handler_objects_forgotten_total"), 2);
});

test("what ends after the handler's removal brings no series back, and after a renaming counts for the new name", async () => {
  const { metrics, observer, name } = measured();
  metrics.handlers.remove("web");
  observer.ended?.(run(), { type: "done" }, FINISHED, 1);
  assert.deepEqual((await textOf(metrics)).series("informd_handler_events_total"), []);
  metrics.handlers.add("api");
  name.handler = "api";
  observer.ended?.(run(), { type: "done" }, FINISHED, 1);
  assert.equal((await textOf(metrics)).value("informd_handler_events_total", { handler: "api" }), 1);
});
