import assert from "node:assert/strict";
import { test } from "node:test";

import { DeltaFifo } from "#informer/queue/delta-fifo.ts";
import { CacheRig, many } from "../support/cache-rig.ts";
import { FakeClock } from "../support/fake-clock.ts";

/** A state so large that it takes several turns of the event loop, with deltas waiting behind it. */
function busyRig(): CacheRig {
  const rig = new CacheRig();
  rig.replace(many(600));
  return rig;
}

test("deltas come out one by one in order of arrival, across objects too", () => {
  const rig = new CacheRig();
  rig.push("added", "a@1", "b@1");
  rig.push("updated", "a@2");
  assert.deepEqual(rig.told, ["added default/a 1 watch", "added default/b 1 watch", "updated default/a 1→2 watch"]);
});

test("a delta is processed in the tick in which it came if nothing is in the way", () => {
  const rig = new CacheRig();
  rig.push("added", "a@1");
  assert.equal(rig.deltas.length, 0);
  assert.deepEqual(rig.cached, ["a@1"]);
});

test("deltas of one object that wait are not merged", async () => {
  const rig = busyRig();
  rig.told.length = 0;
  rig.push("added", "a@1");
  rig.push("updated", "a@2", "a@3");
  rig.push("deleted", "a@4");
  assert.equal(rig.deltas.length, 4);
  await rig.clock.advance(10);
  assert.deepEqual(rig.told.slice(-4), [
    "added default/a 1 watch",
    "updated default/a 1→2 watch",
    "updated default/a 2→3 watch",
    "deleted default/a 4 watch",
  ]);
});

test("a second deletion is told once, with the state that came first", async () => {
  const rig = busyRig();
  rig.push("added", "a@1");
  rig.push("deleted", "a@2", "a@3");
  await rig.clock.advance(10);
  assert.deepEqual(rig.told.slice(-2), ["added default/a 1 watch", "deleted default/a 2 watch"]);
});

test("an object that still waits in the queue and is missing in the relist is added and then deleted", async () => {
  const rig = busyRig();
  rig.push("added", "a@1");
  rig.replace(many(600), "200");
  await rig.clock.advance(10);
  assert.deepEqual(rig.told.slice(-2), ["added default/a 1 watch", "deleted default/a 1 relist unknown"]);
});

test("an object whose deletion still waits is not deleted a second time by the relist that lacks it", async () => {
  const rig = busyRig();
  rig.push("deleted", "pod0@2");
  rig.replace(many(600).slice(1), "200");
  await rig.clock.advance(10);
  assert.deepEqual(
    rig.told.filter((line) => line.startsWith("deleted")),
    ["deleted default/pod0 2 watch"],
  );
});

test("an object whose deletion still waits and that the relist has again is deleted and then added", async () => {
  const rig = busyRig();
  rig.push("deleted", "pod0@2");
  rig.replace([...many(600).slice(1), "pod0@3"], "200");
  await rig.clock.advance(10);
  assert.deepEqual(rig.told.slice(-2), ["deleted default/pod0 2 watch", "added default/pod0 3 relist"]);
});

test("states that wait are processed one by one, each against the cache as the one before left it", async () => {
  const rig = busyRig();
  rig.replace(["a@1"], "200");
  rig.replace(["a@1", "b@1"], "300");
  rig.replace(["b@2"], "400");
  await rig.clock.advance(20);
  assert.deepEqual(rig.told.slice(-4), [
    "added default/a 1 relist",
    "added default/b 1 relist",
    "deleted default/a 1 relist unknown",
    "updated default/b 1→2 relist",
  ]);
  assert.equal(rig.store.resourceVersion, "400");
});

test("a resync behind an update that waits tells the updated object, never an older copy", async () => {
  const rig = new CacheRig();
  rig.push("added", "a@1");
  const again: string[] = [];
  rig.replace(["a@1", ...many(600)]);
  rig.push("updated", "a@2");
  rig.deltas.push({
    type: "syncAll",
    targets: [{ resynced: ({ key, resourceVersion }) => void again.push(`${key}@${resourceVersion}`) }],
  });
  await rig.clock.advance(20);
  assert.equal(
    again.find((text) => text.startsWith("default/a@")),
    "default/a@2",
  );
});

test("the cache shows a whole state at once, before the first slice of it is told", () => {
  const rig = new CacheRig();
  rig.replace(many(1_200));
  assert.equal(rig.store.size, 1_200);
});

test("a state counts as there when all of it was told, and not before", async () => {
  const rig = busyRig();
  assert.deepEqual(rig.populated, []);
  await rig.clock.advance(0);
  assert.deepEqual([rig.populated, rig.told.length], [[""], 600]);
});

test("an empty state counts as there at once", () => {
  const rig = new CacheRig();
  rig.replace([]);
  assert.deepEqual(rig.populated, [""]);
});

test("an event alone does not make the state count as there", () => {
  const rig = new CacheRig();
  rig.push("added", "a@1");
  assert.deepEqual(rig.populated, []);
});

test("every object of the first state is told as initial, the last one too", async () => {
  const rig = busyRig();
  await rig.clock.advance(0);
  assert.equal(
    rig.told.every((line) => line.endsWith(" initial")),
    true,
  );
});

test("a closed queue takes nothing and drops what waits", async () => {
  const rig = busyRig();
  rig.push("added", "a@1");
  rig.deltas.close();
  rig.push("added", "b@1");
  await rig.clock.advance(100);
  assert.deepEqual([rig.deltas.length, rig.store.has("default/a"), rig.store.has("default/b")], [0, false, false]);
  assert.deepEqual(rig.clock.pending, []);
});

test("what is pushed while a delta is processed waits for its turn", () => {
  const order: string[] = [];
  const queue = new DeltaFifo(new FakeClock(), function* (delta) {
    if (delta.type !== "bookmark") return;
    yield;
    order.push(`begin ${delta.resourceVersion}`);
    if (delta.resourceVersion === "1") queue.push({ type: "bookmark", resourceVersion: "2" });
    order.push(`end ${delta.resourceVersion}`);
  });
  queue.push({ type: "bookmark", resourceVersion: "1" });
  assert.deepEqual(order, ["begin 1", "end 1", "begin 2", "end 2"]);
});
