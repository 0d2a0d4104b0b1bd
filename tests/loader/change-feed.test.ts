import assert from "node:assert/strict";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { ChangeFeed } from "#loader/change-feed.ts";
import { FakeClock } from "../support/fake-clock.ts";

function feedOf({ signal }: TestContext): { feed: ChangeFeed; clock: FakeClock; told: string[][] } {
  const clock = new FakeClock();
  const feed = new ChangeFeed(clock);
  const told: string[][] = [];
  const read = async (): Promise<void> => {
    for (;;) told.push([...(await feed.next(signal)).paths]);
  };
  read().catch(() => {});
  return { feed, clock, told };
}

test("change feed tells paths once nothing was heard for 20 ms", async (context) => {
  const { feed, clock, told } = feedOf(context);
  feed.touch("a");
  await clock.advance(15);
  feed.touch("b");
  await clock.advance(19);
  assert.deepEqual(told, []);
  await clock.advance(1);
  assert.deepEqual(told, [["a", "b"]]);
});

test("change feed waits no longer than 250 ms for somebody who never stops writing", async (context) => {
  const { feed, clock, told } = feedOf(context);
  for (let at = 0; at < 30; at++) {
    feed.touch("a");
    await clock.advance(10);
  }
  assert.deepEqual(told, [["a"]]);
});

test("change feed makes its reader look again after a delay, whatever is heard", async (context) => {
  const { feed, clock, told } = feedOf(context);
  feed.suspect(["a"], 60);
  await clock.advance(59);
  assert.deepEqual(told, []);
  await clock.advance(1);
  assert.deepEqual(told, [["a"]]);
});

test("change feed keeps what comes while its reader is busy", async (context) => {
  const clock = new FakeClock();
  const feed = new ChangeFeed(clock);
  feed.touch("a");
  await clock.advance(20);
  feed.touch("b");
  await clock.advance(20);
  assert.deepEqual(await feed.next(context.signal), { paths: new Set(["a", "b"]), seenAt: 0 });
});

test("change feed ends the waiting when the signal aborts, and leaves no timer behind", async () => {
  const clock = new FakeClock();
  const feed = new ChangeFeed(clock);
  const stop = new AbortController();
  const waiting = feed.next(stop.signal);
  feed.suspect(["a"], 60);
  feed.touch("b");
  stop.abort(new Error("stopped"));
  await assert.rejects(waiting, /stopped/);
  feed.close();
  assert.deepEqual(clock.pending, []);
});

test("change feed aborts work on paths as soon as one of them is touched, and no other work", async () => {
  const feed = new ChangeFeed(new FakeClock());
  const until = (paths: string[]): Promise<string> =>
    feed.whileUntouched(paths, (touched) => {
      return new Promise((resolve) => touched.addEventListener("abort", () => resolve(`${paths.join()} touched`)));
    });
  const [first, second] = [until(["a", "b"]), until(["c"])];
  feed.touch("b");
  assert.equal(await Promise.race([first, second]), "a,b touched");
});
