import assert from "node:assert/strict";
import { test } from "node:test";

import { parseObject } from "#resources/raw-object.ts";
import { settle } from "../support/fake-clock.ts";
import { informerRig, recordNotifications, syncedRig } from "../support/informer-rig.ts";
import { pod } from "../support/objects.ts";

const ignore = {};

test("an informer lists, fills its cache, and watches from there", async () => {
  const { informer, api, cached, stop } = await syncedRig([pod({ name: "a", resourceVersion: "3" })]);
  assert.deepEqual(cached(), ["default/a@3"]);
  assert.deepEqual(api.requests, ["LIST limit=500", "WATCH rv=10"]);
  assert.equal(informer.hasSynced, true);
  await informer.synced;
  await stop();
});

test("a subscriber is told each change in the tick in which it arrives, with the cache already up to date", async () => {
  const { informer, api, stop } = await syncedRig([]);
  const told: (string | undefined)[] = [];
  informer.subscribe(({ type, object }) => void told.push(type, informer.cache.get(object.key)?.resourceVersion));
  api.lastWatch.added(pod({ resourceVersion: "11" }));
  api.lastWatch.modified(pod({ resourceVersion: "12" }));
  api.lastWatch.deleted(pod({ resourceVersion: "13" }));
  assert.deepEqual(told, ["added", "11", "updated", "12", "deleted", undefined]);
  await stop();
});

test("a subscriber that comes late is told the cache as added before it is told live changes", async () => {
  const { informer, api, stop } = await syncedRig([pod({ name: "a" })]);
  const told = recordNotifications(informer);
  api.lastWatch.modified(pod({ name: "a", resourceVersion: "11" }));
  assert.deepEqual(told, ["added default/a 1 initial", "updated default/a 1→11 watch"]);
  await stop();
});

test("a follower is told the changes from now on only", async () => {
  const { informer, api, stop } = await syncedRig([pod({ name: "a" })]);
  const told: string[] = [];
  const unfollow = informer.follow(({ object }) => void told.push(object.key));
  api.lastWatch.added(pod({ name: "b", resourceVersion: "11" }));
  unfollow();
  api.lastWatch.added(pod({ name: "c", resourceVersion: "12" }));
  assert.deepEqual(told, ["default/b"]);
  await stop();
});

test("a subscriber that has left is told nothing more", async () => {
  const { informer, api, stop } = await syncedRig([]);
  const told: string[] = [];
  const leave = informer.subscribe(({ object }) => void told.push(object.key));
  leave();
  api.lastWatch.added(pod({ resourceVersion: "11" }));
  assert.deepEqual(told, []);
  await stop();
});

test("a gap shows as an update for what changed and as an add that is not initial for what is new", async () => {
  const { informer, api, clock, stop } = await syncedRig([pod({ name: "a" }), pod({ name: "b" })]);
  const told = recordNotifications(informer);
  api.lastWatch.close();
  await clock.advance(1_000);
  api.answerList([pod({ name: "a", resourceVersion: "15" }), pod({ name: "b" }), pod({ name: "c" })], "20");
  await settle();
  assert.deepEqual(told.slice(2), ["updated default/a 1→15 relist", "added default/c 1 relist"]);
  await stop();
});

test("nothing has synced before the informer runs", async () => {
  const { informer, stop } = informerRig();
  const registration = informer.addEventHandler(ignore);
  await settle();
  assert.deepEqual([informer.hasSynced, registration.hasSynced], [false, false]);
  await stop();
});

test("nothing can be added to an informer that has stopped, and everything can be removed", async () => {
  const { informer, stop } = await syncedRig([]);
  const registration = informer.addEventHandler(ignore);
  await stop();
  assert.throws(() => informer.addEventHandler(ignore), { code: "INFORMER_STOPPED" });
  assert.throws(() => informer.subscribe(() => {}), { code: "INFORMER_STOPPED" });
  assert.throws(() => informer.addIndexers({ more: () => [] }), { code: "INFORMER_STOPPED" });
  informer.removeEventHandler(registration);
});

test("an index can be added at any time before the stop, also to a full cache", async () => {
  const { informer, stop } = await syncedRig([pod({ name: "a" }), pod({ name: "b" })]);
  informer.addIndexers({ initial: ({ name }) => [name.charAt(0)] });
  assert.deepEqual(
    informer.lister.byIndex("initial", "b").map(({ name }) => name),
    ["b"],
  );
  await stop();
});

test("a second run returns at once and does not touch the first", async () => {
  const { api, informer, stop } = await syncedRig([]);
  await informer.run(new AbortController().signal);
  assert.deepEqual([informer.state.type, api.requests.length, api.lastWatch.aborts], ["synced", 2, 0]);
  await stop();
});

test("an informer that was stopped does not run again", async () => {
  const { api, informer, stop } = await syncedRig([]);
  await stop();
  await informer.run(new AbortController().signal);
  assert.deepEqual([informer.state.type, api.requests.length], ["stopped", 2]);
});

test("an informer whose signal has aborted before it runs asks for nothing", async () => {
  const { api, informer } = informerRig();
  await informer.run(AbortSignal.abort());
  assert.deepEqual([informer.state.type, api.requests], ["stopped", []]);
});

test("managed fields are cut out before the cache, its subscribers and its handlers see an object", async () => {
  const managed = pod({ name: "a", managedFields: [{ manager: "kubectl" }] });
  const { informer, stop } = await syncedRig([managed]);
  const seen: unknown[] = [];
  informer.subscribe(({ object }) => void seen.push(parseObject(object)));
  informer.addEventHandler({ onAdd: ({ object }) => seen.push(object) });
  await settle();
  seen.push(parseObject(informer.lister.get("a", "default")));
  const expected = pod({ name: "a" });
  assert.deepEqual(seen, [expected, expected, expected]);
  await stop();
});

test("a stop waits for running handlers, drops what waits for them, and leaves nothing behind", async () => {
  const { api, clock, informer, stop } = await syncedRig([]);
  const running = Promise.withResolvers<void>();
  const told: string[] = [];
  informer.addEventHandler({
    onAdd: ({ name }) => {
      told.push(name);
      return running.promise;
    },
  });
  await settle();
  api.lastWatch.added(pod({ name: "a", resourceVersion: "11" }), pod({ name: "b", resourceVersion: "12" }));
  let isStopped = false;
  const stopped = stop().then(() => (isStopped = true));
  await settle();
  assert.equal(isStopped, false);
  running.resolve();
  await stopped;
  assert.deepEqual(told, ["a"]);
  assert.deepEqual(clock.pending, []);
});

test("a stop waits for the running call of a handler that was removed before, too", async () => {
  const { api, informer, stop } = await syncedRig([]);
  const running = Promise.withResolvers<void>();
  const registration = informer.addEventHandler({ onAdd: () => running.promise });
  await settle();
  api.lastWatch.added(pod({ name: "a", resourceVersion: "11" }));
  registration.remove();
  let isStopped = false;
  const stopped = stop().then(() => (isStopped = true));
  await settle();
  assert.equal(isStopped, false);
  running.resolve();
  await stopped;
});

test("the cache stays readable and hasSynced keeps its value after a stop", async () => {
  const { informer, cached, stop } = await syncedRig([pod({ name: "a" })]);
  await stop();
  assert.deepEqual([cached(), informer.hasSynced], [["default/a@1"], true]);
});
