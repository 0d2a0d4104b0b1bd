import assert from "node:assert/strict";
import { test } from "node:test";

import { resolveInformerOptions } from "#informer/informer-options.ts";
import { ReflectorBackoff } from "#informer/reflector/reflector-backoff.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { informerRig } from "../support/informer-rig.ts";
import { refused } from "../support/scripted-list-watch.ts";

function standardBackoff(random: () => number): { readonly backoff: ReflectorBackoff; readonly clock: FakeClock } {
  const clock = new FakeClock();
  return { backoff: new ReflectorBackoff(clock, { ...resolveInformerOptions({}).backoff, random }), clock };
}

test("waits double from 0.8 s and flatten at 30 s", () => {
  const { backoff } = standardBackoff(() => 0);
  const waits = Array.from({ length: 40 }, () => backoff.next());
  assert.deepEqual(waits.slice(0, 7), [800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000]);
  assert.deepEqual(new Set(waits.slice(7)), new Set([30_000]));
});

test("each wait is up to twice as long, and that does not feed back", () => {
  const { backoff } = standardBackoff(() => 0.5);
  assert.deepEqual(
    Array.from({ length: 8 }, () => backoff.next()),
    [1_200, 2_400, 4_800, 9_600, 19_200, 38_400, 45_000, 45_000],
  );
});

test("waits begin small again when nothing was waited for in two minutes", async () => {
  const { backoff, clock } = standardBackoff(() => 0);
  backoff.next();
  await clock.advance(120_000);
  assert.equal(backoff.next(), 1_600);
  await clock.advance(120_001);
  assert.equal(backoff.next(), 800);
});

test("a long outage does not make the waits small again", async () => {
  const { backoff, clock } = standardBackoff(() => 0);
  for (let failure = 0; failure < 20; failure++) await clock.advance(backoff.next());
  assert.equal(backoff.next(), 30_000);
});

test("a reflector waits as its own backoff says", async () => {
  const { api, clock, run, stop } = informerRig({ backoff: { baseMs: 100, maxMs: 400 } });
  run();
  api.failList(refused, refused, refused, refused, refused);
  await clock.advance(100 + 200 + 400 + 400 + 399);
  assert.equal(api.requests.length, 5);
  await clock.advance(1);
  assert.equal(api.requests.length, 6);
  await stop();
});
