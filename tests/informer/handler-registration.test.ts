import assert from "node:assert/strict";
import { test } from "node:test";

import { settle } from "../support/fake-clock.ts";
import { informerRig, syncedRig } from "../support/informer-rig.ts";
import { pod } from "../support/objects.ts";

const ignore = {};

test("a handler that was there before the start gets every first object as initial, and has synced when the last call has ended", async () => {
  const { api, run, informer, stop } = informerRig();
  const told: unknown[] = [];
  const last = Promise.withResolvers<void>();
  const registration = informer.addEventHandler({
    onAdd: ({ name, isInInitialList }) => {
      told.push([name, isInInitialList]);
      return name === "b" ? last.promise : undefined;
    },
  });
  run();
  api.answerList([pod({ name: "a" }), pod({ name: "b" })], "10");
  await settle();
  assert.deepEqual([informer.hasSynced, registration.hasSynced], [true, false]);
  last.resolve();
  await registration.synced;
  assert.deepEqual(told, [
    ["a", true],
    ["b", true],
  ]);
  assert.equal(registration.hasSynced, true);
  await stop();
});

test("a handler that comes after the start gets the whole cache as initial, then what is live, each once", async () => {
  const { api, informer, stop } = await syncedRig([pod({ name: "a" }), pod({ name: "b" })]);
  api.lastWatch.added(pod({ name: "c", resourceVersion: "11" }));
  const told: unknown[] = [];
  const registration = informer.addEventHandler({
    onAdd: ({ name, isInInitialList }) => told.push([name, isInInitialList]),
  });
  assert.deepEqual([told, registration.hasSynced], [[], false]);
  await registration.synced;
  api.lastWatch.added(pod({ name: "d", resourceVersion: "12" }));
  assert.deepEqual(told, [
    ["a", true],
    ["b", true],
    ["c", true],
    ["d", false],
  ]);
  await stop();
});

test("one handler can be registered twice, and each registration is its own", async () => {
  const { api, informer, stop } = await syncedRig([]);
  const told: string[] = [];
  const handler = { onAdd: ({ name }: { readonly name: string }) => told.push(name) };
  const first = informer.addEventHandler(handler);
  informer.addEventHandler(handler);
  await settle();
  api.lastWatch.added(pod({ name: "a", resourceVersion: "11" }));
  informer.removeEventHandler(first);
  api.lastWatch.added(pod({ name: "b", resourceVersion: "12" }));
  assert.deepEqual(told, ["a", "a", "b"]);
  await stop();
});

test("removing a handler twice, or one of another informer, does nothing", async () => {
  const { api, informer, stop } = await syncedRig([]);
  const other = informerRig();
  const told: string[] = [];
  const foreign = other.informer.addEventHandler(ignore);
  const removed = informer.addEventHandler(ignore);
  informer.addEventHandler({ onAdd: ({ name }) => told.push(name) });
  await settle();
  informer.removeEventHandler(removed);
  informer.removeEventHandler(removed);
  informer.removeEventHandler(foreign);
  api.lastWatch.added(pod({ name: "a", resourceVersion: "11" }));
  assert.deepEqual(told, ["a"]);
  await stop();
});

test("a handler that is removed before its first call is never called", async () => {
  const { informer, stop } = await syncedRig([pod()]);
  const told: string[] = [];
  const registration = informer.addEventHandler({ onAdd: ({ name }) => told.push(name) });
  registration.remove();
  await registration.removed;
  await settle();
  assert.deepEqual(told, []);
  await stop();
});

test("a handler can be removed from an informer that never ran", async () => {
  const { informer } = informerRig();
  const registration = informer.addEventHandler(ignore);
  registration.remove();
  await registration.removed;
});

test("removing a handler while it runs returns at once: its backlog is dropped, and removed tells when the call has ended", async () => {
  const { api, informer, stop } = await syncedRig([]);
  const running = Promise.withResolvers<void>();
  const told: string[] = [];
  const registration = informer.addEventHandler({
    onAdd: ({ name }) => {
      told.push(name);
      return running.promise;
    },
  });
  await settle();
  api.lastWatch.added(pod({ name: "a", resourceVersion: "11" }), pod({ name: "b", resourceVersion: "12" }));
  let isRemoved = false;
  registration.remove();
  void registration.removed.then(() => (isRemoved = true));
  await settle();
  assert.deepEqual([told, isRemoved], [["a"], false]);
  running.resolve();
  await registration.removed;
  assert.deepEqual(told, ["a"]);
  await stop();
});

test("a handler can remove itself while it runs", async () => {
  const { api, informer, stop } = await syncedRig([]);
  const told: string[] = [];
  const registration = informer.addEventHandler({
    onAdd: ({ name }) => {
      told.push(name);
      registration.remove();
    },
  });
  await settle();
  api.lastWatch.added(pod({ name: "a", resourceVersion: "11" }), pod({ name: "b", resourceVersion: "12" }));
  await registration.removed;
  assert.deepEqual(told, ["a"]);
  await stop();
});

test("handlers that come and go during ten thousand events see no error, and none stays behind", async () => {
  const { api, informer, events, stop } = await syncedRig([pod({ name: "a" })]);
  const registrations = new Set<ReturnType<typeof informer.addEventHandler>>();
  let told = 0;
  for (let i = 0; i < 10_000; i++) {
    if (i % 100 === 0) registrations.add(informer.addEventHandler({ onUpdate: async () => void (told += 1) }));
    api.lastWatch.modified(pod({ name: "a", resourceVersion: `${11 + i}` }));
    if (i % 100 !== 99) continue;
    await settle();
    for (const registration of registrations) if (Math.trunc(i / 100) % 3 !== 0) registration.remove();
  }
  await Promise.all(Array.from(registrations, (registration) => (registration.remove(), registration.removed)));
  assert.equal(told > 0, true);
  assert.deepEqual(
    events.filter(({ type }) => type === "handlerFailed"),
    [],
  );
  await stop();
});
