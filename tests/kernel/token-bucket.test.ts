import assert from "node:assert/strict";
import { test } from "node:test";
import { TokenBucket } from "#kernel/token-bucket.ts";
import { FakeClock } from "../support/fake-clock.ts";

/** Two tokens a second, three at most. */
function bench() {
  const clock = new FakeClock();
  return { clock, bucket: new TokenBucket(clock, { perSecond: 2, burst: 3 }) };
}

test("a bucket is full at the start and never fuller", () => {
  const { clock, bucket } = bench();
  assert.equal(bucket.msUntil(3), 0);
  clock.pass(60_000);
  bucket.take(3);
  assert.equal(bucket.msUntil(1), 500);
});

test("tokens grow with time, by fractions too", () => {
  const { clock, bucket } = bench();
  bucket.take(3);
  clock.pass(250);
  assert.equal(bucket.msUntil(1), 250);
  clock.pass(250);
  assert.equal(bucket.msUntil(1), 0);
});

test("what is overdrawn is waited for", () => {
  const { clock, bucket } = bench();
  bucket.take(10);
  assert.equal(bucket.msUntil(0), 3_500);
  clock.pass(3_500);
  assert.equal(bucket.msUntil(0), 0);
  assert.equal(bucket.msUntil(0.001), 1);
});
