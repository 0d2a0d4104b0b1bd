import assert from "node:assert/strict";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { ChangeFeed } from "#loader/directory/change-feed.ts";
import { FakeClock } from "../support/fake-clock.ts";

function feedOf(): { feed: ChangeFeed; clock: FakeClock } {
  const clock = new FakeClock();
  return { feed: new ChangeFeed(clock), clock };
}

/** Whether the save has come to its end, once that is known. */
function ending(feed: ChangeFeed, { signal }: TestContext): { over: boolean | undefined } {
  const end: { over: boolean | undefined } = { over: undefined };
  void feed.quiet(signal).then((over) => (end.over = over));
  return end;
}

test("change feed tells of a touch at once, with the moment of the first one", async (context) => {
  const { feed, clock } = feedOf();
  await clock.advance(5);
  const heard = feed.heard(context.signal);
  feed.touch("a");
  await heard;
  await clock.advance(3);
  feed.touch("b");
  assert.deepEqual(feed.take(), { paths: new Set(["a", "b"]), seenAt: 5 });
  assert.deepEqual(feed.take(), { paths: new Set(), seenAt: 8 });
});

test("change feed calls a save over once nothing was heard for 20 ms", async (context) => {
  const { feed, clock } = feedOf();
  feed.touch("a");
  await clock.advance(15);
  feed.touch("b");
  feed.take();
  const end = ending(feed, context);
  await clock.advance(19);
  assert.equal(end.over, undefined);
  await clock.advance(1);
  assert.equal(end.over, true);
});

test("change feed calls no save over before it could hear of whatever was read", async (context) => {
  const { feed, clock } = feedOf();
  feed.touch("a");
  feed.take();
  await clock.advance(30);
  feed.read();
  const end = ending(feed, context);
  await clock.advance(4);
  assert.equal(end.over, undefined);
  await clock.advance(1);
  assert.equal(end.over, true);
});

test("change feed says that a save goes on as soon as more is heard", async (context) => {
  const { feed, clock } = feedOf();
  feed.touch("a");
  feed.take();
  const end = ending(feed, context);
  await clock.advance(10);
  feed.touch("a");
  await clock.advance(0);
  assert.equal(end.over, false);
});

test("change feed calls no save over while something is left to take, however long ago it was heard", async (context) => {
  const { feed, clock } = feedOf();
  feed.touch("a");
  await clock.advance(1_000);
  assert.equal(await feed.quiet(context.signal), false);
});

test("change feed is restless once somebody has written for 250 ms without a silence", async () => {
  const { feed, clock } = feedOf();
  feed.touch("before");
  await clock.advance(20);
  for (let at = 20; at < 270; at += 10) {
    feed.touch("a");
    await clock.advance(10);
    assert.equal(feed.isRestless(0), false);
  }
  feed.touch("a");
  assert.equal(feed.isRestless(0), true);
  assert.equal(feed.isRestless(100), false);
});

test("change feed is not restless when one touch follows a long silence", async () => {
  const { feed, clock } = feedOf();
  feed.touch("a");
  await clock.advance(300);
  feed.touch("a");
  assert.equal(feed.isRestless(0), false);
});

test("change feed makes its reader look again after a delay, whatever is heard", async (context) => {
  const { feed, clock } = feedOf();
  feed.suspect(["a"], 60);
  let isHeard = false;
  void feed.heard(context.signal).then(() => (isHeard = true));
  await clock.advance(59);
  assert.equal(isHeard, false);
  await clock.advance(1);
  assert.equal(isHeard, true);
  assert.deepEqual(feed.take(), { paths: new Set(["a"]), seenAt: 60 });
  assert.equal(await feed.quiet(context.signal), true);
});

test("change feed tells listeners of each touch, and not those that have stopped", () => {
  const { feed } = feedOf();
  const heard: string[] = [];
  const stop = feed.onTouch((path) => heard.push(path));
  feed.touch("a");
  stop();
  feed.touch("b");
  assert.deepEqual(heard, ["a"]);
});

test("change feed ends the waiting when the signal aborts, and leaves no timer behind", async () => {
  const { feed, clock } = feedOf();
  const stop = new AbortController();
  const waiting = feed.heard(stop.signal);
  feed.suspect(["a"], 60);
  stop.abort(new Error("stopped"));
  await assert.rejects(waiting, /stopped/);
  feed.touch("b");
  feed.take();
  await assert.rejects(feed.quiet(stop.signal), /stopped/);
  feed.close();
  assert.deepEqual(clock.pending, []);
});
