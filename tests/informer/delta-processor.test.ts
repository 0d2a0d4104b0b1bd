import assert from "node:assert/strict";
import { test } from "node:test";

import type { Notification } from "#informer/notification.ts";
import { CacheRig } from "../support/cache-rig.ts";
import { pod, scanned } from "../support/objects.ts";

test("the cache decides between added and updated, not the type of the event", () => {
  const rig = new CacheRig();
  rig.push("updated", "a@1");
  rig.push("added", "a@2");
  assert.deepEqual(rig.told, ["added default/a 1 watch", "updated default/a 1→2 watch"]);
});

test("the deletion of an object that is not in the cache is not told", () => {
  const rig = new CacheRig();
  rig.push("deleted", "a@1");
  assert.deepEqual(rig.told, []);
  assert.equal(rig.store.memory.usedBytes, 0);
});

test("a deletion tells the final state beside the one that was in the cache", () => {
  const rig = new CacheRig();
  const told: Notification[] = [];
  rig.push("added", "a@1");
  rig.audience.join({ tell: (notification) => void told.push(notification), isGone: false });
  rig.push("deleted", "a@2");
  const [deleted] = told;
  assert.equal(deleted?.type === "deleted" && deleted.old.resourceVersion, "1");
  assert.equal(deleted?.object.resourceVersion, "2");
});

test("a relist deletes what it lacks, with the last known state and the final one unknown", () => {
  const rig = new CacheRig();
  rig.replace(["a@1", "b@1"]);
  rig.told.length = 0;
  rig.replace(["a@1"], "200");
  assert.deepEqual(rig.told, ["deleted default/b 1 relist unknown"]);
});

test("a relist tells deletions first, then the rest in the server's order, with the cache already final", () => {
  const rig = new CacheRig();
  rig.replace(["one@1", "two@1", "three@1"]);
  rig.told.length = 0;
  const seen: string[][] = [];
  rig.audience.join({ tell: () => void seen.push(rig.cached), isGone: false });
  rig.replace(["one@2", "two@2", "four@1"], "200");
  assert.deepEqual(rig.told, [
    "deleted default/three 1 relist unknown",
    "updated default/one 1→2 relist",
    "updated default/two 1→2 relist",
    "added default/four 1 relist",
  ]);
  assert.deepEqual(
    seen,
    Array.from({ length: 4 }, () => ["four@1", "one@2", "two@2"]),
  );
});

test("objects that a relist finds unchanged are not told", () => {
  const rig = new CacheRig();
  rig.replace(["a@1", "b@1"]);
  rig.told.length = 0;
  rig.replace(["a@1", "b@1"], "200");
  assert.deepEqual(rig.told, []);
});

test("a relist gives the memory of its second copies back", () => {
  const rig = new CacheRig();
  rig.replace(["a@1", "b@1"]);
  const { usedBytes } = rig.store.memory;
  rig.replace(["a@1", "b@1"], "200");
  rig.replace(["a@2", "b@1"], "300");
  assert.equal(rig.store.memory.usedBytes, usedBytes);
});

test("events give the memory of what they replace and delete back", () => {
  const rig = new CacheRig();
  rig.push("added", "a@1");
  rig.push("updated", "a@2");
  rig.push("deleted", "a@3");
  assert.equal(rig.store.memory.usedBytes, 0);
});

test("the old object is readable in the notification, and not any more afterwards", () => {
  const rig = new CacheRig();
  rig.push("added", "a@1");
  let old: Notification["object"] | undefined;
  let length = 0;
  rig.audience.join({
    tell: (notification) => {
      if (notification.type !== "updated") return;
      old = notification.old;
      length = notification.old.bytes().length;
    },
    isGone: false,
  });
  rig.push("updated", "a@2");
  assert.equal(length > 0, true);
  assert.throws(() => old?.bytes(), { code: "RELEASED_OBJECT" });
});

test("an event that repeats the version of the cache is not told", () => {
  const rig = new CacheRig();
  rig.push("added", "a@1");
  rig.push("updated", "a@1");
  assert.deepEqual(rig.told, ["added default/a 1 watch"]);
});

test("objects without a version are always told", () => {
  const rig = new CacheRig();
  rig.push("added", "a@");
  rig.push("updated", "a@");
  assert.deepEqual(rig.told, ["added default/a  watch", "updated default/a → watch"]);
});

test("an object that was deleted and created again unseen is one update with another uid, marked as recreated", () => {
  const rig = new CacheRig();
  rig.replace(["a@1"]);
  const object = rig.store.admit(scanned(pod({ name: "a", uid: "other", resourceVersion: "9" })));
  rig.deltas.push({ type: "replacedAll", namespace: "", objects: [object], resourceVersion: "200" });
  assert.deepEqual(rig.told.slice(1), ["updated default/a 1→9 relist recreated"]);
});

test("an object that the cache cannot take is not told, and the ones around it are", () => {
  const rig = new CacheRig();
  rig.store.addIndexers({
    strict: ({ name }) => {
      if (name === "two") throw new Error("cannot index this");
      return [];
    },
  });
  rig.push("added", "one@1", "two@1", "three@1");
  assert.deepEqual(rig.told, ["added default/one 1 watch", "added default/three 1 watch"]);
  assert.equal(rig.refused.length, 1);
  assert.deepEqual(rig.cached, ["one@1", "three@1"]);
});

test("a deletion that the indices cannot take leaves the cache as it was", () => {
  const rig = new CacheRig();
  rig.push("added", "a@1");
  let isBroken = false;
  rig.store.addIndexers({
    moody: () => {
      if (isBroken) throw new Error("cannot index this");
      return [];
    },
  });
  isBroken = true;
  rig.push("deleted", "a@2");
  assert.deepEqual([rig.cached, rig.refused.length], [["a@1"], 1]);
});

test("a state that the cache cannot take changes nothing and gives its memory back", () => {
  const rig = new CacheRig();
  rig.replace(["a@1"]);
  const { usedBytes } = rig.store.memory;
  rig.store.addIndexers({
    strict: ({ name }) => {
      if (name === "bad") throw new Error("cannot index this");
      return [];
    },
  });
  rig.replace(["b@1", "bad@1"], "200");
  assert.deepEqual([rig.cached, rig.store.resourceVersion, rig.refused.length], [["a@1"], "100", 1]);
  assert.equal(rig.store.memory.usedBytes, usedBytes);
});

test("the version of the cache follows states, events, deletions and bookmarks", () => {
  const rig = new CacheRig();
  const versions: string[] = [];
  const note = (): void => void versions.push(rig.store.resourceVersion);
  rig.replace(["a@1"], "10");
  note();
  rig.push("updated", "a@11");
  note();
  rig.push("deleted", "a@12");
  note();
  rig.deltas.push({ type: "bookmark", resourceVersion: "13" });
  note();
  rig.push("added", "b@");
  note();
  assert.deepEqual(versions, ["10", "11", "12", "13", "13"]);
});

test("a state of one namespace leaves the others alone", () => {
  const rig = new CacheRig();
  const inNamespace = (namespace: string, name: string) => rig.store.admit(scanned(pod({ namespace, name })));
  const replace = (namespace: string, names: readonly string[]): void => {
    const objects = names.map((name) => inNamespace(namespace, name));
    rig.deltas.push({ type: "replacedAll", namespace, objects, resourceVersion: "10" });
  };
  replace("one", ["a", "b"]);
  replace("two", ["a"]);
  replace("one", ["b"]);
  assert.deepEqual([...rig.store.keys()].sort(), ["one/b", "two/a"]);
  assert.deepEqual(rig.told.at(-1), "deleted one/a 1 relist unknown");
  assert.deepEqual(rig.populated, ["one", "two"]);
});

test("a subscriber that throws is reported, and the others are told", () => {
  const rig = new CacheRig();
  const told: string[] = [];
  rig.audience.join({
    tell: () => {
      throw new Error("broken");
    },
    isGone: false,
  });
  rig.audience.join({ tell: ({ type }) => void told.push(type), isGone: false });
  rig.push("added", "a@1");
  assert.deepEqual([told, rig.refused.length], [["added"], 1]);
});

test("who joins while a large state is being told is told the whole cache behind it, each object once", async () => {
  const rig = new CacheRig();
  rig.replace(Array.from({ length: 600 }, (_, i) => `pod${i}@1`));
  const told: string[] = [];
  const member = { tell: ({ object }: Notification) => void told.push(object.key), isGone: false };
  rig.deltas.push({ type: "joined", member, told: () => {} });
  rig.push("added", "late@1");
  await rig.clock.advance(10);
  assert.equal(told.length, 601);
  assert.equal(new Set(told).size, 601);
  assert.equal(told.at(-1), "default/late");
});
