import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCronSchedule } from "#devcluster/simulation/jobs/cron-schedule.ts";

/** After Thursday, 2026-01-01T00:00:30Z. */
const NEXT: Readonly<Record<string, string>> = {
  "* * * * *": "2026-01-01T00:01",
  "*/15 * * * *": "2026-01-01T00:15",
  "5-10/5 3 * * *": "2026-01-01T03:05",
  "10/20 * * * *": "2026-01-01T00:10",
  "0 0 * * *": "2026-01-02T00:00",
  "30 6 15 * *": "2026-01-15T06:30",
  "0 9 * * 1": "2026-01-05T09:00",
  "0 9 * * MON-FRI": "2026-01-01T09:00",
  "0 9 * * 7": "2026-01-04T09:00",
  "0 0 13 * 5": "2026-01-02T00:00",
  "0 0 29 2 *": "2028-02-29T00:00",
  "0 12 1 feb,mar ?": "2026-02-01T12:00",
  "@hourly": "2026-01-01T01:00",
  "@weekly": "2026-01-04T00:00",
};

for (const [text, next] of Object.entries(NEXT))
  test(`"${text}" comes next at ${next}`, () => {
    const at = parseCronSchedule(text)?.nextAfter(Date.UTC(2026, 0, 1, 0, 0, 30));
    assert.equal(at === undefined ? at : new Date(at).toISOString().slice(0, 16), next);
  });

test("a day that never comes has no next time", () => {
  assert.equal(parseCronSchedule("0 0 30 2 *")?.nextAfter(0), undefined);
});

test("what is no schedule is not read", () => {
  for (const text of [
    "",
    "* * * *",
    "60 * * * *",
    "* 24 * * *",
    "a * * * *",
    "5-1 * * * *",
    "*/0 * * * *",
    "* * 0 * *",
  ])
    assert.equal(parseCronSchedule(text), undefined, text);
});
