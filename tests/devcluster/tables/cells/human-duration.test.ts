import assert from "node:assert/strict";
import { test } from "node:test";
import { ageOf, humanDuration } from "#devcluster/tables/cells/human-duration.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

test("a duration is shown with the precision that people need", () => {
  const cases: readonly [number, string][] = [
    [0, "0s"],
    [999, "0s"],
    [119 * SECOND, "119s"],
    [2 * MINUTE, "2m"],
    [3 * MINUTE + 12 * SECOND, "3m12s"],
    [10 * MINUTE + 12 * SECOND, "10m"],
    [179 * MINUTE, "179m"],
    [3 * HOUR, "3h"],
    [3 * HOUR + 5 * MINUTE, "3h5m"],
    [8 * HOUR + 5 * MINUTE, "8h"],
    [47 * HOUR, "47h"],
    [2 * DAY, "2d"],
    [2 * DAY + 4 * HOUR, "2d4h"],
    [8 * DAY + 4 * HOUR, "8d"],
    [YEAR + 200 * DAY, "565d"],
    [2 * YEAR, "2y"],
    [3 * YEAR + 10 * DAY, "3y10d"],
    [8 * YEAR + 10 * DAY, "8y"],
  ];
  for (const [duration, text] of cases) assert.equal(humanDuration(duration), text);
});

test("clocks may differ by a second", () => {
  assert.equal(humanDuration(-1500), "0s");
  assert.equal(humanDuration(-2000), "<invalid>");
});

test("the age of what has no time is unknown", () => {
  assert.equal(ageOf(undefined, 0), "<unknown>");
  assert.equal(ageOf("", 0), "<unknown>");
  assert.equal(ageOf("1970-01-01T00:00:00Z", 5000), "5s");
});
