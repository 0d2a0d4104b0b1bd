import assert from "node:assert/strict";
import { test } from "node:test";

import { WorkSlice } from "#kernel/work-slice.ts";
import { FakeClock } from "../support/fake-clock.ts";

test("a work slice is over after 500 steps", () => {
  const slice = new WorkSlice(new FakeClock());
  const steps = Array.from({ length: 500 }, () => slice.step());
  assert.equal(steps.indexOf(true), 499);
});

test("a work slice is over after 10 ms", async () => {
  const clock = new FakeClock();
  const slice = new WorkSlice(clock);
  assert.equal(slice.step(), false);
  await clock.advance(10);
  assert.equal(slice.step(), true);
});
