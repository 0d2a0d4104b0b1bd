import assert from "node:assert/strict";
import { test } from "node:test";

import { ObjectStore } from "#informer/store/object-store.ts";
import { ownedCopy, parseObject, type RawObject } from "#resources/raw-object.ts";
import { pod, scanned, type KubernetesObject } from "../support/objects.ts";

function stored(store: ObjectStore, object: KubernetesObject): RawObject {
  const admitted = store.admit(scanned(object));
  store.put(admitted);
  return admitted;
}

function names(objects: Iterable<RawObject>): string[] {
  return Array.from(objects, ({ name }) => name).sort();
}

test("store gives back the object that was put, header and bytes", () => {
  const store = new ObjectStore();
  const metadata = {
    labels: { app: "shop" },
    ownerReferences: [{ uid: "rs" }],
    managedFields: [{ manager: "kubectl" }],
  };
  stored(store, pod(metadata, { spec: { nodeName: "n1" } }));

  const found = store.get("default/web");
  assert.ok(found);
  const { key, namespace, name, uid, resourceVersion, labels, ownerUids } = found;
  assert.deepEqual(
    { key, namespace, name, uid, resourceVersion, labels, ownerUids },
    {
      key: "default/web",
      namespace: "default",
      name: "web",
      uid: "uid-web",
      resourceVersion: "1",
      labels: { app: "shop" },
      ownerUids: ["rs"],
    },
  );
  const kept = pod(
    { labels: metadata.labels, ownerReferences: metadata.ownerReferences },
    { spec: { nodeName: "n1" } },
  );
  assert.deepEqual(parseObject(found), kept);
});

test("store names cluster-scoped objects by their name alone", () => {
  const store = new ObjectStore();
  stored(store, { kind: "Node", apiVersion: "v1", metadata: { name: "n1" } });
  assert.deepEqual([...store.keys()], ["n1"]);
  assert.ok(store.has("n1"));
});

test("store refuses an object without a name with a KeyError and stays as it was", () => {
  const store = new ObjectStore();
  stored(store, pod());
  const before = store.memory;
  assert.throws(() => store.admit(scanned({ kind: "Pod", metadata: { namespace: "default" } })), {
    name: "KeyError",
    code: "BAD_KEY",
    message: 'Cannot cache object of kind "Pod": it has no metadata.name',
  });
  assert.equal(store.size, 1);
  assert.deepEqual(store.memory, before);
});

test("store adds what is new and replaces what is there", () => {
  const store = new ObjectStore();
  const first = store.admit(scanned(pod({ resourceVersion: "1" })));
  const second = store.admit(scanned(pod({ resourceVersion: "2" })));
  assert.equal(store.put(first), undefined);
  assert.equal(store.put(second), first);
  assert.equal(store.get("default/web"), second);
  assert.equal(store.size, 1);
});

test("store returns what it removed, and nothing for a key that is not there", () => {
  const store = new ObjectStore();
  const object = stored(store, pod());
  assert.equal(store.remove("default/other"), undefined);
  assert.equal(store.remove("default/web"), object);
  assert.equal(store.size, 0);
});

test("a replaced object stays readable until it is retired", () => {
  const store = new ObjectStore();
  const old = stored(store, pod({ resourceVersion: "1" }));
  stored(store, pod({ resourceVersion: "2" }));
  assert.deepEqual(parseObject(old), pod({ resourceVersion: "1" }));

  store.retire(old);
  assert.throws(() => old.bytes(), { name: "ReleasedObjectError", code: "RELEASED_OBJECT" });
  assert.throws(() => store.retire(old), { name: "ReleasedObjectError" });
});

test("an owned copy outlives the object in the cache", () => {
  const store = new ObjectStore();
  const copy = ownedCopy(stored(store, pod()));
  const removed = store.remove("default/web");
  assert.ok(removed);
  store.retire(removed);
  stored(store, pod({ name: "api" }));
  assert.deepEqual(parseObject(copy), pod());
});

test("store refuses to retire what is in the cache", () => {
  const store = new ObjectStore();
  const object = stored(store, pod());
  assert.throws(() => store.retire(object), /Cannot retire "default\/web": it is in the cache/);
  assert.deepEqual(parseObject(object), pod());
});

test("a discarded object gives its memory back", () => {
  const store = new ObjectStore();
  const unused = store.admit(scanned(pod()));
  store.discard(unused);
  assert.equal(store.memory.usedBytes, 0);
  assert.throws(() => unused.bytes(), { name: "ReleasedObjectError" });
});

test("replaceAll swaps the content, rebuilds the indices and returns the former content", () => {
  const store = new ObjectStore();
  const web = stored(store, pod({ name: "web", namespace: "a" }));
  const api = stored(store, pod({ name: "api", namespace: "a" }));
  const job = store.admit(scanned(pod({ name: "job", namespace: "b" })));

  const former = store.replaceAll([api, job]);
  assert.deepEqual([...former.values()], [web, api]);
  assert.deepEqual(names(store.values()), ["api", "job"]);
  assert.deepEqual(names(store.byIndex("namespace", "a")), ["api"]);
  assert.deepEqual(names(store.byIndex("namespace", "b")), ["job"]);
});

test("replaceAll keeps the last of two objects with one key and frees the first", () => {
  const store = new ObjectStore();
  const first = store.admit(scanned(pod({ resourceVersion: "1" })));
  const second = store.admit(scanned(pod({ resourceVersion: "2" })));
  store.replaceAll([first, second]);
  assert.equal(store.get("default/web"), second);
  assert.throws(() => first.bytes(), { name: "ReleasedObjectError" });
});

test("store resourceVersion follows update, delete, bookmark and replace, not objects without metadata", () => {
  const store = new ObjectStore();
  assert.equal(store.resourceVersion, "");
  stored(store, pod({ resourceVersion: "5" }));
  assert.equal(store.resourceVersion, "5");
  store.resourceVersion = "7";
  assert.equal(store.resourceVersion, "7", "a bookmark, a replace or the final state of a deleted object");
  store.remove("default/web");
  assert.equal(store.resourceVersion, "7", "a key alone has no version");
  store.resourceVersion = "";
  assert.equal(store.resourceVersion, "7", "an object without metadata");
});

test("objects with equal labels and owners share one frozen copy of them", () => {
  const store = new ObjectStore();
  const same = { labels: { app: "shop" }, ownerReferences: [{ uid: "rs" }] };
  const one = stored(store, pod({ name: "one", ...same }));
  const two = stored(store, pod({ name: "two", ...same }));
  assert.equal(one.labels, two.labels);
  assert.equal(one.ownerUids, two.ownerUids);
  assert.ok(Object.isFrozen(one.labels) && Object.isFrozen(one.ownerUids));
});

test("labels named like members of Object are the object's own, and no others are", () => {
  const store = new ObjectStore();
  const labels: Record<string, string> = JSON.parse('{"__proto__":"a","constructor":"b"}');
  const { labels: found } = stored(store, pod({ labels }));
  assert.deepEqual(Object.entries(found), [
    ["__proto__", "a"],
    ["constructor", "b"],
  ]);
  assert.equal(Object.hasOwn(stored(store, pod({ name: "bare" })).labels, "constructor"), false);
});
