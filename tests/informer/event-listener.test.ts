import assert from "node:assert/strict";
import { test } from "node:test";

import type { AddEvent, DeleteEvent, UpdateEvent } from "#informer/listeners/resource-event.ts";
import { settle } from "../support/fake-clock.ts";
import { syncedRig } from "../support/informer-rig.ts";
import { pod } from "../support/objects.ts";

test("a handler gets the parsed objects of each event, and their names without parsing", async () => {
  const { api, informer, stop } = await syncedRig([]);
  const told: unknown[] = [];
  informer.addEventHandler({
    onAdd: ({ key, namespace, name, object, isInInitialList }) =>
      told.push([key, namespace, name, object.metadata.resourceVersion, isInInitialList]),
    onUpdate: ({ old, object, recreated, isResync }) =>
      told.push([old.metadata.resourceVersion, object.metadata.resourceVersion, recreated, isResync]),
    onDelete: ({ key, object, finalStateUnknown }) =>
      told.push([key, object.metadata.resourceVersion, finalStateUnknown]),
  });
  await settle();
  api.lastWatch.added(pod({ name: "a", resourceVersion: "11" }));
  api.lastWatch.modified(pod({ name: "a", resourceVersion: "12" }));
  api.lastWatch.deleted(pod({ name: "a", resourceVersion: "13" }));
  assert.deepEqual(told, [
    ["default/a", "default", "a", "11", false],
    ["11", "12", false, false],
    ["default/a", "13", false],
  ]);
  await stop();
});

test("a handler without a method for an event is not called for it", async () => {
  const { api, informer, stop } = await syncedRig([]);
  const told: string[] = [];
  informer.addEventHandler({ onDelete: ({ key }) => told.push(key) });
  await settle();
  api.lastWatch.added(pod({ name: "a", resourceVersion: "11" }));
  api.lastWatch.deleted(pod({ name: "a", resourceVersion: "12" }));
  assert.deepEqual(told, ["default/a"]);
  await stop();
});

test("an object is parsed once, at the first access", async () => {
  const { api, informer, stop } = await syncedRig([]);
  const same: boolean[] = [];
  informer.addEventHandler({ onAdd: (event) => same.push(event.object === event.object) });
  await settle();
  api.lastWatch.added(pod({ resourceVersion: "11" }));
  assert.deepEqual(same, [true]);
  await stop();
});

test("an object that was read stays readable after the handler has returned", async () => {
  const { api, informer, stop } = await syncedRig([]);
  let kept: UpdateEvent | undefined;
  informer.addEventHandler({
    onUpdate: (event) => {
      kept = event;
      assert.equal(event.old.metadata.name, "web");
    },
  });
  await settle();
  api.lastWatch.added(pod({ resourceVersion: "11" }));
  api.lastWatch.modified(pod({ resourceVersion: "12" }));
  assert.equal(kept?.old.metadata.resourceVersion, "11");
  assert.throws(() => kept?.object, /Cannot read object "default\/web": its handler is done/);
  await stop();
});

test("an asynchronous handler can read its objects after their memory was used again", async () => {
  const { api, informer, stop } = await syncedRig([]);
  const go = Promise.withResolvers<void>();
  const read: string[] = [];
  informer.addEventHandler({
    onUpdate: async (event) => {
      await go.promise;
      read.push(event.old.metadata.resourceVersion, event.object.metadata.resourceVersion);
    },
  });
  await settle();
  for (let version = 11; version < 16; version++) {
    api.lastWatch.modified(pod({ resourceVersion: `${version}` }));
  }
  api.lastWatch.deleted(pod({ resourceVersion: "16" }));
  for (let i = 0; i < 20; i++) api.lastWatch.added(pod({ name: `other-${i}`, resourceVersion: `${20 + i}` }));
  go.resolve();
  await settle();
  assert.deepEqual(read, ["11", "12", "12", "13", "13", "14", "14", "15"]);
  await stop();
});

test("an asynchronous handler is called for one event at a time, in order", async () => {
  const { api, informer, stop } = await syncedRig([]);
  const order: string[] = [];
  const running: PromiseWithResolvers<void>[] = [];
  informer.addEventHandler({
    onAdd: async ({ name }) => {
      order.push(`begin ${name}`);
      const gate = Promise.withResolvers<void>();
      running.push(gate);
      await gate.promise;
      order.push(`end ${name}`);
    },
    onDelete: ({ name }) => order.push(`deleted ${name}`),
  });
  await settle();
  api.lastWatch.added(pod({ name: "a", resourceVersion: "11" }), pod({ name: "b", resourceVersion: "12" }));
  api.lastWatch.deleted(pod({ name: "a", resourceVersion: "13" }));
  await settle();
  assert.deepEqual(order, ["begin a"]);
  running[0]?.resolve();
  await settle();
  running[1]?.resolve();
  await settle();
  assert.deepEqual(order, ["begin a", "end a", "begin b", "end b", "deleted a"]);
  await stop();
});

test("a slow handler delays only itself", async () => {
  const { api, informer, stop } = await syncedRig([]);
  const slow = Promise.withResolvers<void>();
  const told: string[] = [];
  informer.addEventHandler({ onAdd: () => slow.promise });
  informer.addEventHandler({ onAdd: ({ name }) => told.push(name) });
  await settle();
  api.lastWatch.added(pod({ name: "a", resourceVersion: "11" }), pod({ name: "b", resourceVersion: "12" }));
  assert.deepEqual(told, ["a", "b"]);
  slow.resolve();
  await stop();
});

test("a handler that throws or rejects sees every event, is reported each time, and others do not notice", async () => {
  const { api, informer, events, stop } = await syncedRig([]);
  const counts = { throwing: 0, rejecting: 0, good: 0 };
  const throwing = informer.addEventHandler({
    onAdd: () => {
      counts.throwing += 1;
      throw new Error("thrown");
    },
  });
  const rejecting = informer.addEventHandler({
    onAdd: async () => {
      counts.rejecting += 1;
      await Promise.resolve();
      throw new Error("rejected");
    },
  });
  informer.addEventHandler({ onAdd: () => (counts.good += 1) });
  await settle();
  for (let i = 0; i < 5; i++) api.lastWatch.added(pod({ name: `pod-${i}`, resourceVersion: `${11 + i}` }));
  await settle();
  assert.deepEqual(counts, { throwing: 5, rejecting: 5, good: 5 });
  assert.equal(events.filter(({ type }) => type === "handlerFailed").length, 10);
  assert.deepEqual([throwing.hasSynced, rejecting.hasSynced], [true, true]);
  await stop();
});

test("a handler that adds objects to its own backlog while it runs is not called within its own call", async () => {
  const { api, informer, stop } = await syncedRig([]);
  const order: string[] = [];
  informer.addEventHandler({
    onAdd: ({ name }) => {
      order.push(`begin ${name}`);
      if (name === "a") api.lastWatch.added(pod({ name: "b", resourceVersion: "12" }));
      order.push(`end ${name}`);
    },
  });
  await settle();
  api.lastWatch.added(pod({ name: "a", resourceVersion: "11" }));
  assert.deepEqual(order, ["begin a", "end a", "begin b", "end b"]);
  await stop();
});

test("a long backlog of a handler is worked off in slices, with the event loop free in between", async () => {
  const { api, clock, informer, stop } = await syncedRig([]);
  const first = Promise.withResolvers<void>();
  let told = 0;
  informer.addEventHandler({
    onAdd: ({ name }) => {
      told += 1;
      return name === "first" ? first.promise : undefined;
    },
  });
  await settle();
  api.lastWatch.added(pod({ name: "first", resourceVersion: "11" }));
  for (let i = 0; i < 1_000; i++) api.lastWatch.added(pod({ name: `pod-${i}`, resourceVersion: `${12 + i}` }));
  first.resolve();
  await settle();
  assert.equal(told, 501);
  await clock.advance(10);
  assert.equal(told, 1_001);
  await stop();
});

test("the events of an added, a deleted and a recreated object are told apart by type", async () => {
  const { api, clock, informer, stop } = await syncedRig([pod({ name: "a" }), pod({ name: "b" })]);
  const told: unknown[] = [];
  informer.addEventHandler({
    onUpdate: ({ name, recreated, old, object }: UpdateEvent) =>
      told.push([name, recreated, old.metadata.uid, object.metadata.uid]),
    onDelete: ({ namespace, name, finalStateUnknown }: DeleteEvent) => told.push([namespace, name, finalStateUnknown]),
  });
  await settle();
  api.lastWatch.close();
  await clock.advance(1_000);
  api.answerList([pod({ name: "a", uid: "second", resourceVersion: "20" })], "20");
  await settle();
  assert.deepEqual(told, [
    ["default", "b", true],
    ["a", true, "uid-a", "second"],
  ]);
  await stop();
});

test("a handler names the type of its objects", async () => {
  interface Pod {
    readonly spec: { readonly nodeName: string };
  }
  const { informer, stop } = await syncedRig([pod({}, { spec: { nodeName: "n1" } })]);
  const nodes: string[] = [];
  informer.addEventHandler<Pod>({ onAdd: ({ object }: AddEvent<Pod>) => nodes.push(object.spec.nodeName) });
  await settle();
  assert.deepEqual(nodes, ["n1"]);
  await stop();
});
