import assert from "node:assert/strict";
import { test } from "node:test";
import { LogThrottle } from "#sandbox/log-throttle.ts";
import { FakeClock } from "../support/fake-clock.ts";

function setUp() {
  const clock = new FakeClock();
  const calls: string[] = [];
  const throttle = new LogThrottle(clock, { pause: () => calls.push("pause"), resume: () => calls.push("resume") });
  return { clock, calls, throttle };
}

test("5,000 records a second are never held back", async () => {
  const { clock, calls, throttle } = setUp();
  for (let ms = 0; ms < 5000; ms++) {
    for (let count = 0; count < 5; count++) throttle.count(200);
    await clock.advance(1);
  }
  assert.deepEqual(calls, []);
});

test("a flood is held back for as long as it takes to write it out", async () => {
  const { clock, calls, throttle } = setUp();
  for (let count = 0; count < 10_500; count++) throttle.count(200);
  assert.deepEqual(calls, ["pause"]);
  await clock.advance(50);
  assert.deepEqual(calls, ["pause", "resume"]);
});

test("a long record counts for each of its KiB", async () => {
  const { clock, calls, throttle } = setUp();
  throttle.count(8 * 2 ** 20);
  assert.deepEqual(calls, []);
  throttle.count(8 * 2 ** 20);
  assert.deepEqual(calls, ["pause"]);
  await clock.advance(639);
  assert.deepEqual(calls, ["pause", "resume"]);
});

test("a throttle that is stopped leaves no timer", () => {
  const { clock, throttle } = setUp();
  for (let count = 0; count < 10_500; count++) throttle.count(200);
  throttle.stop();
  assert.deepEqual(clock.pending, []);
});
