import assert from "node:assert/strict";
import { test } from "node:test";
import { RateLimiter } from "#kernel/rate-limiter.ts";
import { FakeClock, settle } from "../support/fake-clock.ts";

const NEVER = new AbortController().signal;

/** A limiter of 2 a second, 3 at once after a quiet time, and tasks that end when they are told. */
function bench({ atOnce = 100 } = {}) {
  const clock = new FakeClock();
  const limiter = new RateLimiter(clock, { perSecond: 2, burst: 3, atOnce });
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const start = (name: string, signal = NEVER): Promise<void> =>
    limiter.run(async () => {
      begun.push(name);
      await new Promise<void>((resolve) => ends.set(name, resolve));
    }, signal);
  return { clock, limiter, begun, start, end: (name: string) => ends.get(name)?.() };
}

test("a burst begins at once, and the rest at the rate", async () => {
  const { clock, begun, start } = bench();
  for (const name of ["a", "b", "c", "d", "e"]) void start(name);
  await settle();
  assert.deepEqual(begun, ["a", "b", "c"]);
  await clock.advance(499);
  assert.deepEqual(begun, ["a", "b", "c"]);
  await clock.advance(1);
  assert.deepEqual(begun, ["a", "b", "c", "d"]);
  await clock.advance(500);
  assert.deepEqual(begun, ["a", "b", "c", "d", "e"]);
  assert.deepEqual(clock.pending, []);
});

test("a quiet time gives no more than the burst back", async () => {
  const { clock, begun, start } = bench();
  for (const name of ["a", "b", "c"]) void start(name);
  await clock.advance(60_000);
  for (const name of ["d", "e", "f", "g"]) void start(name);
  await settle();
  assert.deepEqual(begun, ["a", "b", "c", "d", "e", "f"]);
});

test("no more run at a time than may, and the next begins when one has ended", async () => {
  const { begun, start, end } = bench({ atOnce: 1 });
  void start("a");
  void start("b");
  await settle();
  assert.deepEqual(begun, ["a"]);
  end("a");
  await settle();
  assert.deepEqual(begun, ["a", "b"]);
});

test("what a task has cost beyond its own is waited for by those who come next", async () => {
  const { clock, limiter, begun, start } = bench();
  void start("a");
  limiter.charge(3);
  void start("b");
  await clock.advance(999);
  assert.deepEqual(begun, ["a"]);
  await clock.advance(1);
  assert.deepEqual(begun, ["a", "b"]);
});

test("a task that fails makes room, too", async () => {
  const limiter = new RateLimiter(new FakeClock(), { perSecond: 1, burst: 2, atOnce: 1 });
  await assert.rejects(
    limiter.run(() => Promise.reject(new Error("no")), NEVER),
    /no/,
  );
  assert.equal(await limiter.run(() => Promise.resolve("yes"), NEVER), "yes");
});

test("who is aborted while it waits never begins, takes nobody's turn and rejects with the signal's reason", async () => {
  const { clock, begun, start } = bench();
  for (const name of ["a", "b", "c"]) void start(name);
  const leaving = new AbortController();
  const left = start("d", leaving.signal);
  void start("e");
  leaving.abort(new Error("too late"));
  await assert.rejects(left, /too late/);
  await clock.advance(500);
  assert.deepEqual(begun, ["a", "b", "c", "e"]);
});

test("nobody waits, no timer runs", async () => {
  const { clock, start } = bench();
  for (const name of ["a", "b", "c"]) void start(name);
  const leaving = new AbortController();
  const left = start("d", leaving.signal);
  await settle();
  assert.equal(clock.pending.length, 1);
  leaving.abort(new Error("gone"));
  await assert.rejects(left);
  assert.deepEqual(clock.pending, []);
});

test("what is aborted before it comes does not begin", async () => {
  const { begun, start } = bench();
  await assert.rejects(start("a", AbortSignal.abort(new Error("gone"))), /gone/);
  assert.deepEqual(begun, []);
});
