import assert from "node:assert/strict";
import { test } from "node:test";
import { PendingRuns } from "#sandbox/pending-runs.ts";
import { FakeClock } from "../support/fake-clock.ts";

const KEY = { id: "web/1/added", namespace: "shop", name: "web" };
const RETURNED = { type: "returned", requeueAfterMs: undefined } as const;

/** One run of a second, which has called something. */
function calling() {
  const clock = new FakeClock();
  const runs = new PendingRuns(clock);
  const { run } = runs.add(KEY, 1000, () => {});
  const call = runs.startCall(run);
  assert.ok(call);
  return { clock, runs, run, call };
}

test("what a run has called goes on when it has ended, until its deadline", async () => {
  const { clock, runs, run, call } = calling();
  await clock.advance(400);
  runs.settle(run, RETURNED);
  await clock.advance(599);
  assert.equal(call.signal.aborted, false);
  await clock.advance(1);
  assert.equal(call.signal.aborted, true);
});

test("what a run has called ends with the process, also when the run has ended before", () => {
  const { runs, run, call } = calling();
  runs.settle(run, RETURNED);
  runs.settleAll({ type: "innocent" });
  assert.match(String(call.signal.reason), /the process is gone/);
});

test("nothing waits for the deadline of a run whose calls are answered", () => {
  const { clock, runs, run, call } = calling();
  const second = runs.startCall(run);
  runs.settle(run, RETURNED);
  call.end();
  assert.equal(clock.pending.length, 1);
  second?.end();
  assert.equal(clock.pending.length, 0);
});

test("a run that is over calls nothing more", () => {
  const { runs, run } = calling();
  runs.settle(run, RETURNED);
  assert.equal(runs.startCall(run), undefined);
});
