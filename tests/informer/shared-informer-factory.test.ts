import assert from "node:assert/strict";
import { test } from "node:test";

import type { ListWatchScope } from "#informer/informer-scope.ts";
import { SharedInformerFactory } from "#informer/shared-informer-factory.ts";
import { FakeClock, settle } from "../support/fake-clock.ts";
import { pods } from "../support/informer-rig.ts";
import { pod } from "../support/objects.ts";
import { ScriptedListWatch } from "../support/scripted-list-watch.ts";

function factoryRig() {
  const opened: ListWatchScope[] = [];
  const servers: ScriptedListWatch[] = [];
  const listWatch = (scope: ListWatchScope): ScriptedListWatch => {
    const server = new ScriptedListWatch();
    opened.push(scope);
    servers.push(server);
    return server;
  };
  const factory = new SharedInformerFactory(
    { clock: new FakeClock(), random: () => 0, listWatch },
    { watchList: false },
  );
  const stop = new AbortController();
  return { factory, opened, servers, stop, signal: stop.signal };
}

test("ten users of one resource share one list and one watch", async () => {
  const { factory, servers, signal } = factoryRig();
  const informers = Array.from({ length: 10 }, () => factory.informer({ resource: pods }));
  factory.start(signal);
  servers[0]?.answerList([pod()], "10");
  await settle();
  assert.equal(new Set(informers).size, 1);
  assert.equal(servers.length, 1);
  assert.deepEqual(servers[0]?.requests, ["LIST limit=500", "WATCH rv=10"]);
  await factory.shutdown();
});

test("an informer whose last share is released stops, and the next share is of a new one", async () => {
  const { factory, servers, signal } = factoryRig();
  factory.start(signal);
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
