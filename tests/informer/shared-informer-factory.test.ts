import assert from "node:assert/strict";
import { test } from "node:test";

import type { InformerOptions } from "#informer/informer-options.ts";
import { SharedInformerFactory } from "#informer/shared-informer-factory.ts";
import { FakeClock, settle } from "../support/fake-clock.ts";
import { pods } from "../support/informer-rig.ts";
import { pod } from "../support/objects.ts";
import { ScriptedListWatch, status } from "../support/scripted-list-watch.ts";

function factoryRig(options: InformerOptions = { watchList: false }) {
  const servers: ScriptedListWatch[] = [];
  const listWatch = (): ScriptedListWatch => {
    const server = new ScriptedListWatch();
    servers.push(server);
    return server;
  };
  const clock = new FakeClock();
  const factory = new SharedInformerFactory({ clock, random: () => 0, listWatch }, options);
  return { clock, factory, servers, stop: new AbortController() };
}

test("ten users of one resource share one list and one watch", async () => {
  const { factory, servers, stop } = factoryRig();
  const informers = Array.from({ length: 10 }, () => factory.informer({ resource: pods }));
  factory.start(stop.signal);
  servers[0]?.answerList([pod()], "10");
  await settle();
  assert.equal(new Set(informers).size, 1);
  assert.deepEqual(
    servers.map(({ requests }) => requests),
    [["LIST limit=500", "WATCH rv=10"]],
  );
  await factory.shutdown();
});

test("each namespace set and each selector of the server has an informer of its own", () => {
  const { factory } = factoryRig();
  const scopes = [
    {},
    { namespaces: ["a"] },
    { namespaces: ["a", "b"] },
    { labelSelector: "app=web" },
    { fieldSelector: "spec.nodeName=n1" },
  ];
  const informers = scopes.map((scope) => factory.informer({ resource: pods, ...scope }));
  assert.equal(new Set(informers).size, 5);
  assert.equal(factory.informer({ resource: pods, namespaces: ["b", "a"] }), informers[2]);
});

test("the first call for a scope decides its options", async () => {
  const { factory, servers, stop } = factoryRig();
  factory.informer({ resource: pods }, { pageSize: 7 });
  factory.informer({ resource: pods }, { pageSize: 9 });
  factory.start(stop.signal);
  await settle();
  assert.deepEqual(servers[0]?.requests, ["LIST limit=7"]);
  await factory.shutdown();
});

test("a second start begins what was made in between, and nothing twice", async () => {
  const { factory, servers, stop } = factoryRig();
  factory.informer({ resource: pods });
  factory.start(stop.signal);
  const late = factory.informer({ resource: pods, namespaces: ["late"] });
  await settle();
  assert.equal(late.state.type, "idle");
  factory.start(stop.signal);
  await settle();
  assert.deepEqual(
    servers.map(({ requests }) => requests.length),
    [1, 1],
  );
  await factory.shutdown();
});

test("waiting for the caches covers the informers that have begun, and names those that have not synced", async () => {
  const { factory, servers, stop } = factoryRig();
  factory.informer({ resource: pods });
  factory.informer({ resource: pods, namespaces: ["a"] });
  factory.start(stop.signal);
  factory.informer({ resource: pods, namespaces: ["not-begun"] });
  servers[0]?.answerList([], "10");
  const cancel = new AbortController();
  const waiting = factory.waitForCacheSync(cancel.signal);
  await settle();
  cancel.abort();
  assert.deepEqual(await waiting, { type: "cancelled", unsynced: ["pods in a"] });
  servers[1]?.answerList([], "10");
  assert.deepEqual(await factory.waitForCacheSync(stop.signal), { type: "synced" });
  await factory.shutdown();
});

test("waiting for the caches ends with the factory", async () => {
  const { factory, stop } = factoryRig();
  factory.informer({ resource: pods });
  factory.start(stop.signal);
  const waiting = factory.waitForCacheSync(stop.signal);
  await factory.shutdown();
  assert.deepEqual(await waiting, { type: "cancelled", unsynced: ["pods"] });
});

test("a shutdown stops every informer, waits for running handlers, and can be called again", async () => {
  const { factory, servers, stop } = factoryRig();
  const informer = factory.informer({ resource: pods });
  const running = Promise.withResolvers<void>();
  informer.addEventHandler({ onAdd: () => running.promise });
  factory.start(stop.signal);
  servers[0]?.answerList([pod()], "10");
  await settle();
  let isDown = false;
  const down = Promise.all([factory.shutdown(), factory.shutdown()]).then(() => (isDown = true));
  await settle();
  assert.equal(isDown, false);
  running.resolve();
  await down;
  assert.equal(informer.state.type, "stopped");
});

test("nothing begins after a shutdown", async () => {
  const { factory, servers, stop } = factoryRig();
  await factory.shutdown();
  factory.informer({ resource: pods });
  factory.start(stop.signal);
  factory.acquire({ resource: pods, namespaces: ["a"] });
  await settle();
  assert.deepEqual(
    servers.flatMap(({ requests }) => requests),
    [],
  );
});

test("the signal of the start stops every informer", async () => {
  const { factory, servers, stop } = factoryRig();
  const informer = factory.informer({ resource: pods });
  factory.start(stop.signal);
  servers[0]?.answerList([], "10");
  await settle();
  stop.abort();
  await settle();
  assert.equal(informer.state.type, "stopped");
  await factory.shutdown();
});

test("a share that is acquired after the start begins at once", async () => {
  const { factory, servers, stop } = factoryRig();
  factory.start(stop.signal);
  factory.acquire({ resource: pods });
  await settle();
  assert.deepEqual(servers[0]?.requests, ["LIST limit=500"]);
  await factory.shutdown();
});

test("an informer whose last share is released stops, and the next share is of a new one", async () => {
  const { factory, servers, stop } = factoryRig();
  factory.start(stop.signal);
  const first = factory.acquire({ resource: pods });
  const second = factory.acquire({ resource: pods });
  servers[0]?.answerList([], "10");
  await settle();
  first.release();
  first.release();
  assert.equal(second.informer.state.type, "synced");
  second.release();
  await settle();
  assert.equal(second.informer.state.type, "stopped");
  assert.notEqual(factory.acquire({ resource: pods }).informer, second.informer);
  await factory.shutdown();
});

test("an informer that somebody asked for without a share outlives all shares", async () => {
  const { factory, servers, stop } = factoryRig();
  const informer = factory.informer({ resource: pods });
  factory.start(stop.signal);
  const share = factory.acquire({ resource: pods });
  servers[0]?.answerList([], "10");
  await settle();
  share.release();
  await settle();
  assert.equal(informer.state.type, "synced");
  await factory.shutdown();
});

test("a server whose watch-list failed is not asked for another by the next informer of the resource", async () => {
  const { factory, servers, stop } = factoryRig({});
  factory.start(stop.signal);
  const first = factory.acquire({ resource: pods, namespaces: ["a"] });
  servers[0]?.lastWatch.fail(status(422, "Invalid"));
  await settle();
  factory.acquire({ resource: pods, namespaces: ["b"] });
  await settle();
  assert.deepEqual(
    servers.map(({ requests }) => requests),
    [["WATCH-LIST rv=", "LIST limit=500"], ["LIST limit=500"]],
  );
  first.release();
  await factory.shutdown();
});
