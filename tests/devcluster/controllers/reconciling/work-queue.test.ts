import assert from "node:assert/strict";
import { test } from "node:test";
import { WorkQueue } from "#devcluster/controllers/reconciling/work-queue.ts";
import { FakeClock } from "../../../support/fake-clock.ts";

test("a key that waits is worked on once, and never while it is added", async () => {
  const { clock, queue, worked } = rig();
  for (const key of ["a", "b", "a"]) queue.add(key);
  assert.deepEqual(worked, []);
  await clock.advance(0);
  assert.deepEqual(worked, ["a", "b"]);
});

test("a key that is added by its own work is worked on again", async () => {
  let left = 2;
  const { clock, queue, worked } = rig((key) => {
    if (left-- > 0) queue.add(key);
    return undefined;
  });
  queue.add("a");
  await clock.advance(1);
  assert.deepEqual(worked, ["a", "a", "a"]);
});

test("work may ask to be looked at again later; a change comes first", async () => {
  const { clock, queue, worked } = rig(() => 1_000);
  queue.add("a");
  await clock.advance(999);
  assert.deepEqual(worked, ["a"]);
  await clock.advance(1);
  assert.deepEqual(worked, ["a", "a"]);
  await clock.advance(500);
  queue.add("a");
  await clock.advance(999);
  assert.deepEqual(worked, ["a", "a", "a"]);
  queue.stop();
});

test("what throws is tried again after doubling waits, as long as that is worth it", async () => {
  const { clock, queue, worked } = rig(
    () => {
      throw new Error("no");
    },
    (attempts) => attempts < 4,
  );
  queue.add("a");
  const times: number[] = [];
  for (let at = 0; at <= 200; at += 10) {
    const before = worked.length;
    await clock.advance(at === 0 ? 0 : 10);
    if (worked.length > before) times.push(at);
  }
  assert.deepEqual(times, [0, 10, 30, 70]);
});

test("long work leaves turns for others", async () => {
  const clock = new FakeClock();
  let turns = 0;
  const queue = new WorkQueue({ clock, work: () => undefined, failed: () => false });
  for (let i = 0; i < 2_000; i++) queue.add(String(i));
  while (clock.pending.length > 0) {
    turns++;
    await clock.advance(0);
    if (turns > 10) break;
  }
  assert.ok(turns <= 5);
});

test("a stopped queue does nothing more and leaves no timer", async () => {
  const { clock, queue, worked } = rig(() => 10);
  queue.add("a");
  await clock.advance(5);
  queue.add("b");
  queue.stop();
  queue.stop();
  queue.add("c");
  await clock.advance(100);
  assert.deepEqual([worked, clock.pending], [["a"], []]);
});

interface Rig {
  readonly clock: FakeClock;
  readonly queue: WorkQueue;
  readonly worked: string[];
}

function rig(
  work: (key: string) => number | undefined = () => undefined,
  isWorthAnother: (attempts: number) => boolean = () => false,
): Rig {
  const clock = new FakeClock();
  const worked: string[] = [];
  const queue = new WorkQueue({
    clock,
    work(key) {
      worked.push(key);
      return work(key);
    },
    failed: () => isWorthAnother(worked.length),
  });
  return { clock, queue, worked };
}
