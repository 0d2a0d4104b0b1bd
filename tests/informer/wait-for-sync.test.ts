import assert from "node:assert/strict";
import { test } from "node:test";

import { waitForSync } from "#informer/wait-for-sync.ts";

function syncable() {
  const { promise, resolve } = Promise.withResolvers<void>();
  const it = { hasSynced: false, synced: promise, sync: () => ((it.hasSynced = true), resolve()) };
  return it;
}

const forever = new AbortController().signal;

test("waiting ends when all have synced", async () => {
  const [pods, nodes] = [syncable(), syncable()];
  const waiting = waitForSync({ pods, nodes }, forever);
  pods.sync();
  nodes.sync();
  assert.deepEqual(await waiting, { type: "synced" });
});

test("waiting that is cancelled names who has not synced", async () => {
  const [pods, nodes] = [syncable(), syncable()];
  const stop = new AbortController();
  const waiting = waitForSync({ pods, nodes }, stop.signal);
  pods.sync();
  stop.abort();
  assert.deepEqual(await waiting, { type: "cancelled", unsynced: ["nodes"] });
});

test("waiting under a signal that has aborted tells how it is", async () => {
  const pods = syncable();
  assert.deepEqual(await waitForSync({ pods }, AbortSignal.abort()), { type: "cancelled", unsynced: ["pods"] });
  pods.sync();
  assert.deepEqual(await waitForSync({ pods }, AbortSignal.abort()), { type: "synced" });
});

test("waiting for nothing is over at once", async () => {
  assert.deepEqual(await waitForSync({}, forever), { type: "synced" });
});
