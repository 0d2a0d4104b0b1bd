import assert from "node:assert/strict";
import { test } from "node:test";
import type { ApiObject } from "#devcluster/api-object.ts";
import type { Change } from "#devcluster/storage/change.ts";
import { ObjectStore } from "#devcluster/storage/object-store.ts";

test("every write is the next revision, whatever it writes", () => {
  const store = new ObjectStore({ firstRevision: 7 });
  assert.equal(store.put("pods", named("a")).metadata.resourceVersion, "8");
  assert.equal(store.put("nodes", named("n")).metadata.resourceVersion, "9");
  assert.equal(store.remove("pods", named("a")).metadata.resourceVersion, "10");
  assert.equal(store.revision, 10);
});

test("revisions have gaps where the option says so", () => {
  const store = new ObjectStore({ firstRevision: 0, revisionStep: () => 5 });
  store.put("pods", named("a"));
  assert.equal(store.put("pods", named("a")).metadata.resourceVersion, "10");
});

test("lists are ordered by namespace and name, and stay as they were", () => {
  const store = new ObjectStore();
  for (const [namespace, name] of [
    ["b", "x"],
    ["a", "y"],
    ["a", "x"],
    ["a-b", "x"],
  ] as const)
    store.put("pods", named(name, namespace));
  const before = store.list("pods");
  assert.deepEqual(keys(before), ["a-b/x", "a/x", "a/y", "b/x"]);
  store.remove("pods", named("x", "a"));
  store.put("pods", named("z", "a"));
  assert.deepEqual(keys(before), ["a-b/x", "a/x", "a/y", "b/x"]);
  assert.deepEqual(keys(store.list("pods")), ["a-b/x", "a/y", "a/z", "b/x"]);
});

test("a list can be read as it was at a revision", () => {
  const store = new ObjectStore();
  store.put("pods", named("a"));
  const first = store.put("pods", { ...named("b"), spec: 1 });
  const revision = store.revision;
  store.put("nodes", named("n"));
  store.put("pods", { ...named("b"), spec: 2 });
  store.remove("pods", named("a"));
  store.put("pods", named("c"));
  assert.deepEqual(keys(store.listAt("pods", revision)), ["a", "b"]);
  assert.equal(store.listAt("pods", revision)[1], first);
  assert.deepEqual(keys(store.listAt("pods", store.revision)), ["b", "c"]);
});

test("who follows hears a write of another follower after the one that it answers", () => {
  const store = new ObjectStore({ firstRevision: 0 });
  const heard: number[] = [];
  store.follow((change) => {
    if (change.revision < 3) store.put("pods", named("a"));
  });
  store.follow(({ revision }) => heard.push(revision));
  store.put("pods", named("a"));
  assert.deepEqual(heard, [1, 2, 3]);
});

test("who begins to follow within a change hears only what comes after it", () => {
  const store = new ObjectStore({ firstRevision: 0 });
  const heard: number[] = [];
  const stop = store.follow(() => {
    stop();
    store.put("pods", named("b"));
    store.follow(({ revision }) => heard.push(revision));
  });
  store.put("pods", named("a"));
  store.put("pods", named("c"));
  assert.deepEqual(heard, [3]);
});

test("following from a revision tells the past first, also if the follower writes meanwhile", () => {
  const store = new ObjectStore({ firstRevision: 0 });
  for (const name of ["a", "b", "c"]) store.put("pods", named(name));
  const heard: number[] = [];
  store.followAfter("pods", 1, ({ revision }) => {
    heard.push(revision);
    if (revision === 2) store.put("pods", named("d"));
    if (revision === 3) store.put("nodes", named("n"));
  });
  store.put("pods", named("e"));
  assert.deepEqual(heard, [2, 3, 4, 6]);
});

test("following from a revision that is still to come tells only what is after it", () => {
  const store = new ObjectStore({ firstRevision: 0 });
  const heard: number[] = [];
  store.followAfter("pods", 2, ({ revision }) => heard.push(revision));
  for (const name of ["a", "b", "c"]) store.put("pods", named(name));
  assert.deepEqual(heard, [3]);
});

test("a follower that fails keeps nobody from hearing, and the writer learns of it", () => {
  const store = new ObjectStore({ firstRevision: 0 });
  const heard: number[] = [];
  store.follow(() => {
    throw new Error("broken");
  });
  store.follow(({ revision }) => heard.push(revision));
  assert.throws(() => store.put("pods", named("a")), /broken/);
  assert.throws(() => store.put("pods", named("a")), /broken/);
  assert.deepEqual(heard, [1, 2]);
});

test("a change says what was there before", () => {
  const store = new ObjectStore();
  const changes: Change[] = [];
  store.follow((change) => changes.push(change));
  const first = store.put("pods", named("a"));
  const second = store.put("pods", { ...named("a"), spec: 1 });
  const last = store.remove("pods", second);
  assert.deepEqual(
    changes.map(({ type, object, previous }) => [type, object, previous]),
    [
      ["ADDED", first, undefined],
      ["MODIFIED", second, first],
      ["DELETED", last, second],
    ],
  );
});

function named(name: string, namespace = ""): ApiObject {
  return { apiVersion: "v1", kind: "Pod", metadata: { name, ...(namespace !== "" && { namespace }) } };
}

function keys(objects: readonly ApiObject[]): string[] {
  return objects.map(({ metadata: { namespace, name } }) => (namespace === undefined ? name : `${namespace}/${name}`));
}
