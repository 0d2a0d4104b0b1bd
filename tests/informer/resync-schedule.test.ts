import assert from "node:assert/strict";
import { test } from "node:test";

import { ResyncSchedule } from "#informer/listeners/resync-schedule.ts";

const target = () => ({ resynced: () => {} });
const HOUR_MS = 3_600_000;

test("the shortest period that is asked for before the start is how often the schedule looks, and each keeps its own", () => {
  const schedule = new ResyncSchedule(12 * HOUR_MS);
  const targets = [0, 60_000, 55_000, 5_000].map((periodMs) => {
    const one = target();
    schedule.add(one, periodMs, 0);
    return { one, checkMs: schedule.checkMs };
  });
  schedule.start();
  assert.deepEqual(
    targets.map(({ checkMs }) => checkMs),
    [12 * HOUR_MS, 60_000, 55_000, 5_000],
  );
  assert.deepEqual(
    targets.map(({ one }) => schedule.periodOf(one)),
    [0, 60_000, 55_000, 5_000],
  );
});

test("a shorter period that is asked for after the start is raised to how often the schedule looks", () => {
  const schedule = new ResyncSchedule(60_000);
  const late = target();
  schedule.start();
  schedule.add(late, 5_000, 0);
  assert.deepEqual([schedule.checkMs, schedule.periodOf(late)], [60_000, 60_000]);
});

test("a schedule without a period of its own never resyncs anybody", () => {
  const schedule = new ResyncSchedule(0);
  const one = target();
  schedule.add(one, 5_000, 0);
  assert.deepEqual([schedule.checkMs, schedule.periodOf(one), schedule.due(1_000_000)], [0, 0, []]);
});

test("no period is shorter than a second", () => {
  const schedule = new ResyncSchedule(10);
  const one = target();
  schedule.add(one, 1, 0);
  assert.deepEqual([schedule.checkMs, schedule.periodOf(one)], [1_000, 1_000]);
});

test("a target is due its period after it was added, and again a period after it was told", () => {
  const schedule = new ResyncSchedule(1_000);
  const one = target();
  schedule.add(one, 3_000, 500);
  assert.deepEqual(
    [schedule.due(3_499), schedule.due(3_500), schedule.due(6_499), schedule.due(6_500)],
    [[], [one], [], [one]],
  );
});

test("a target that was removed is not due", () => {
  const schedule = new ResyncSchedule(1_000);
  const one = target();
  schedule.add(one, 1_000, 0);
  schedule.remove(one);
  assert.deepEqual(schedule.due(5_000), []);
});
