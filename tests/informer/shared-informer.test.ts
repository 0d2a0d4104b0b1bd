import assert from "node:assert/strict";
import { test } from "node:test";

import { settle } from "../support/fake-clock.ts";
import { recordNotifications, syncedRig } from "../support/informer-rig.ts";
import { pod } from "../support/objects.ts";

test("an informer lists, fills its cache, and watches from there", async () => {
  const { informer, api, cached, stop } = await syncedRig([pod({ name: "a", resourceVersion: "3" })]);
  assert.deepEqual(cached(), ["default/a@3"]);
  assert.deepEqual(api.requests, ["LIST limit=500", "WATCH rv=10"]);
  assert.equal(informer.hasSynced, true);
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

test("stop ends the watch and resolves the run", async () => {
  const { informer, api, stop } = await syncedRig([]);
  await stop();
  await settle();
  assert.equal(api.lastWatch.aborts, 1);
  assert.equal(informer.state.type, "stopped");
});
