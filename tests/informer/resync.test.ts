import assert from "node:assert/strict";
import { test } from "node:test";

import type { SharedInformer } from "#informer/shared-informer.ts";
import { settle } from "../support/fake-clock.ts";
import { informerRig, recordNotifications, syncedRig } from "../support/informer-rig.ts";
import { pod } from "../support/objects.ts";
import { status } from "../support/scripted-list-watch.ts";

/** Often enough for a watch to be taken for alive. */
const BOOKMARKS_MS = 200_000;
const DAY_MS = 86_400_000;

/** Writes `name@version` for each update, with `!` behind it if it is a resync. */
function recordUpdates(informer: SharedInformer, options: { readonly resyncMs?: number } = {}): string[] {
  const told: string[] = [];
  informer.addEventHandler(
    {
      onUpdate: ({ name, object, isResync }) =>
        told.push(`${name}@${object.metadata.resourceVersion}${isResync ? "!" : ""}`),
    },
    options,
  );
  return told;
}

test("a resync tells every cached object again as an update of itself, without a request", async () => {
  const { api, clock, informer, stop } = await syncedRig([pod({ name: "a" }), pod({ name: "b" })], {
    resyncMs: 30_000,
  });
  const same: boolean[] = [];
  informer.addEventHandler({ onUpdate: ({ old, object, isResync }) => same.push(isResync && old === object) });
  await clock.advance(30_000);
  assert.deepEqual(same, [true, true]);
  assert.equal(api.requests.length, 2);
  await stop();
});

test("each handler is told again after its own period, rounded up to how often the informer looks", async () => {
  const { clock, api, run, informer, stop } = informerRig({ resyncMs: 1_000 });
  const never = recordUpdates(informer, { resyncMs: 0 });
  const everyTwo = recordUpdates(informer, { resyncMs: 2_000 });
  const everyThree = recordUpdates(informer, { resyncMs: 2_500 });
  run();
  api.answerList([pod({ name: "a" })], "10");
  const counts: number[][] = [];
  for (let second = 1; second <= 6; second++) {
    await clock.advance(1_000);
    counts.push([never.length, everyTwo.length, everyThree.length]);
  }
  assert.deepEqual(counts, [
    [0, 0, 0],
    [0, 1, 0],
    [0, 1, 1],
    [0, 2, 1],
    [0, 2, 1],
    [0, 3, 2],
  ]);
  await stop();
});

test("an informer without a resync period never tells anything again, whatever its handlers ask for", async () => {
  const { clock, informer, stop } = await syncedRig([pod()]);
  const told = recordUpdates(informer, { resyncMs: 1_000 });
  await clock.advance(10 * 60_000);
  assert.deepEqual(told, []);
  await stop();
});

test("subscribers are not told of resyncs", async () => {
  const { clock, informer, stop } = await syncedRig([pod()], { resyncMs: 1_000 });
  const told = recordNotifications(informer);
  recordUpdates(informer);
  await clock.advance(5_000);
  assert.deepEqual(told, ["added default/web 1 initial"]);
  await stop();
});

test("after a gap a handler that is due for a resync is told all objects, and the others what is changed or new", async () => {
  const { clock, api, run, informer, stop } = informerRig({
    resyncMs: 60_000,
    backoff: { baseMs: 90_000, maxMs: 90_000 },
  });
  const plain = recordUpdates(informer, { resyncMs: 0 });
  const resyncing = recordUpdates(informer, { resyncMs: 60_000 });
  run();
  api.answerList([pod({ name: "changed" }), pod({ name: "same" })], "10");
  await settle();
  api.lastWatch.fail(status(500));
  await clock.advance(90_000);
  api.answerList([pod({ name: "changed", resourceVersion: "15" }), pod({ name: "same" })], "20");
  await settle();
  assert.deepEqual(plain, ["changed@15"]);
  assert.deepEqual(resyncing, ["changed@15", "same@1!"]);
  await stop();
});

test("a relist tells unchanged objects to nobody who is not due for a resync", async () => {
  const { clock, api, informer, stop } = await syncedRig([pod()], { resyncMs: 60_000 });
  const told = recordUpdates(informer);
  api.lastWatch.close();
  await clock.advance(1_000);
  api.answerList([pod()], "20");
  await settle();
  assert.deepEqual(told, []);
  await stop();
});

test("there is no resync while the server cannot be followed", async () => {
  const { clock, api, informer, stop } = await syncedRig([pod()], { resyncMs: 2_000 });
  const told = recordUpdates(informer);
  api.lastWatch.fail(status(500));
  await clock.advance(60_000);
  assert.deepEqual(told, []);
  api.answerList([pod()], "20");
  await settle();
  assert.deepEqual(told, ["web@1!"]);
  await clock.advance(2_000);
  assert.deepEqual(told, ["web@1!", "web@1!"]);
  await stop();
});

test("a handler that throws at a resync is reported, and the watch goes on", async () => {
  const { clock, api, informer, events, stop } = await syncedRig([pod()], { resyncMs: 1_000 });
  informer.addEventHandler({
    onUpdate: () => {
      throw new Error("broken");
    },
  });
  await clock.advance(1_000);
  assert.equal(events.filter(({ type }) => type === "handlerFailed").length, 1);
  assert.deepEqual([api.requests.length, api.lastWatch.aborts], [2, 0]);
  await stop();
});

test("a resync of ten hours and one of thirty days come when they are due, not at once", async () => {
  const { clock, run, api, informer, stop } = informerRig({ resyncMs: 10 * 3_600_000 });
  const tenHours = recordUpdates(informer);
  const thirtyDays = recordUpdates(informer, { resyncMs: 30 * DAY_MS });
  run();
  api.answerList([pod()], "10");
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += BOOKMARKS_MS) {
      await clock.advance(BOOKMARKS_MS);
      api.lastWatch.bookmark("10");
    }
  };
  await pass(DAY_MS);
  assert.deepEqual([tenHours.length, thirtyDays.length], [2, 0]);
  await pass(29 * DAY_MS);
  assert.deepEqual([tenHours.length, thirtyDays.length], [72, 1]);
  await stop();
});

test("a handler that was removed is not told again", async () => {
  const { clock, informer, stop } = await syncedRig([pod()], { resyncMs: 1_000 });
  let told = 0;
  const registration = informer.addEventHandler({ onUpdate: () => (told += 1) });
  await clock.advance(1_000);
  registration.remove();
  await clock.advance(10_000);
  assert.equal(told, 1);
  await stop();
});
