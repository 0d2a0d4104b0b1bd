import assert from "node:assert/strict";
import { test } from "node:test";

import type { IndexFunction } from "#informer/store/indexer.ts";
import { ObjectStore } from "#informer/store/object-store.ts";
import type { RawObject } from "#resources/raw-object.ts";
import { pod, rawObject } from "../support/objects.ts";

/** Indexes by each comma-separated word of the label `users`, as client-go's tests do. */
const byUser: IndexFunction = ({ labels }) => labels["users"]?.split(",") ?? [];

function usersPod(name: string, users?: string): RawObject {
  return rawObject(pod({ name, ...(users === undefined ? {} : { labels: { users } }) }));
}

function storeOf(...objects: RawObject[]): ObjectStore {
  const store = new ObjectStore();
  store.addIndexers({ byUser });
  for (const object of objects) store.put(object);
  return store;
}

const failing: IndexFunction = ({ name }) => {
  if (name === "bad") throw new TypeError("no such field");
  return [name];
};

function names(objects: readonly RawObject[]): string[] {
  return objects.map(({ name }) => name).sort();
}

test("an index finds objects under each of their values", () => {
  const store = storeOf(usersPod("one", "ernie,bert"), usersPod("two", "bert,oscar"), usersPod("tre", "ernie,elmo"));
  assert.deepEqual(names(store.byIndex("byUser", "ernie")), ["one", "tre"]);
  assert.deepEqual(names(store.byIndex("byUser", "bert")), ["one", "two"]);
  assert.deepEqual(store.indexValues("byUser").toSorted(), ["bert", "elmo", "ernie", "oscar"]);
});

test("an update of a multi-value index removes old values and adds new ones", () => {
  const store = storeOf(usersPod("one", "ernie,bert"), usersPod("two", "bert"));
  store.put(usersPod("one", "bert,oscar"));
  assert.deepEqual(names(store.byIndex("byUser", "ernie")), []);
  assert.deepEqual(names(store.byIndex("byUser", "bert")), ["one", "two"]);
  assert.deepEqual(names(store.byIndex("byUser", "oscar")), ["one"]);
});

test("an index returns the new version of an object whose values did not change", () => {
  const store = storeOf(usersPod("one", "ernie"));
  const next = rawObject(pod({ name: "one", resourceVersion: "2", labels: { users: "ernie" } }));
  store.put(next);
  assert.deepEqual(store.byIndex("byUser", "ernie"), [next]);
});

test("an index value disappears with its last object", () => {
  const store = storeOf(usersPod("one", "ernie"), usersPod("two", "bert"));
  store.remove("default/one");
  store.put(usersPod("two"));
  assert.deepEqual(store.indexValues("byUser"), []);
});

test("an index counts a value once that a function returns twice", () => {
  const store = storeOf(usersPod("one", "ernie,ernie"));
  assert.deepEqual(names(store.byIndex("byUser", "ernie")), ["one"]);
  store.remove("default/one");
  assert.deepEqual(store.indexValues("byUser"), []);
});

test("index returns each object once that shares any value", () => {
  const one = usersPod("one", "ernie,bert");
  const store = storeOf(one, usersPod("two", "bert,ernie"), usersPod("tre", "oscar"));
  assert.deepEqual(names(store.index("byUser", one)), ["one", "two"]);
});

test("indexKeys returns sorted keys", () => {
  const store = storeOf(usersPod("b", "ernie"), usersPod("a", "ernie"));
  assert.deepEqual(store.indexKeys("byUser", "ernie"), ["default/a", "default/b"]);
});

test("an unknown index name is an error in index, byIndex and indexKeys", () => {
  const store = storeOf();
  const unknown = {
    code: "UNKNOWN_INDEX",
    message: 'Cannot use index "byNode": there is none of that name. Known: "namespace", "byUser"',
  };
  assert.throws(() => store.byIndex("byNode", "n1"), unknown);
  assert.throws(() => store.indexKeys("byNode", "n1"), unknown);
  assert.throws(() => store.index("byNode", usersPod("one")), unknown);
  assert.deepEqual(store.indexValues("byNode"), []);
});

test("an unknown index value finds nothing", () => {
  const store = storeOf(usersPod("one", "ernie"));
  assert.deepEqual(store.byIndex("byUser", "constructor"), []);
  assert.deepEqual(store.indexKeys("byUser", "oscar"), []);
});

test("addIndexers indexes what is already in the store at once", () => {
  const store = storeOf(usersPod("one"));
  store.addIndexers({ byName: ({ name }) => [name] });
  assert.deepEqual(names(store.byIndex("byName", "one")), ["one"]);
});

test("addIndexers with a name that exists adds nothing", () => {
  const store = storeOf(usersPod("one", "ernie"));
  assert.throws(() => store.addIndexers({ byName: ({ name }) => [name], byUser: () => [] }), {
    code: "INDEX_EXISTS",
    message: 'Cannot add index "byUser": there is one of that name. Choose another name',
  });
  assert.equal(store.hasIndex("byName"), false);
  assert.deepEqual(names(store.byIndex("byUser", "ernie")), ["one"]);
});

test("addIndexers with a function that throws adds nothing", () => {
  const store = storeOf(usersPod("bad"));
  assert.throws(() => store.addIndexers({ failing }), { name: "TypeError" });
  assert.equal(store.hasIndex("failing"), false);
});

test("an index function that throws leaves store and indices untouched", () => {
  const store = storeOf(usersPod("one", "ernie"));
  store.addIndexers({ failing });
  const bad = usersPod("bad", "ernie");
  assert.throws(() => store.put(bad), { name: "TypeError" });
  assert.throws(() => store.replaceAll([usersPod("two", "oscar"), bad]), { name: "TypeError" });
  assert.deepEqual([...store.keys()], ["default/one"]);
  assert.equal(store.resourceVersion, "1");
  assert.deepEqual(store.indexValues("byUser"), ["ernie"]);
  assert.deepEqual(names(store.byIndex("byUser", "ernie")), ["one"]);
  assert.deepEqual(store.indexValues("failing"), ["one"]);
});

test("an index function that throws for the old object leaves the object in place", () => {
  let isBroken = false;
  const store = new ObjectStore();
  store.addIndexers({
    fragile: ({ name }) => {
      if (isBroken) throw new TypeError("broken");
      return [name];
    },
  });
  store.put(usersPod("one"));
  isBroken = true;
  assert.throws(() => store.remove("default/one"), { name: "TypeError" });
  assert.ok(store.has("default/one"));
  assert.deepEqual(store.indexValues("fragile"), ["one"]);
});

test("an index function that returns no list leaves store and indices untouched", () => {
  const store = storeOf(usersPod("one", "ernie"));
  store.addIndexers({ careless: ({ labels }) => JSON.parse(labels["list"] ?? "[]") });
  const bad = rawObject(pod({ name: "one", labels: { users: "bert", list: "null" } }));
  assert.throws(() => store.put(bad), { name: "TypeError" });
  assert.deepEqual(store.indexValues("byUser"), ["ernie"]);
});
