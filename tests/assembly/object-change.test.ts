import assert from "node:assert/strict";
import { test } from "node:test";
import { objectChange } from "#assembly/caches/object-change.ts";
import { pod, rawObject } from "../support/objects.ts";

const old = rawObject(pod({ resourceVersion: "1" }));
const object = rawObject(pod({ resourceVersion: "2" }));
const key = "default/web";

test("an added object has nothing before, and an initial one is no relist", () => {
  const expected = { key, before: undefined, after: object, last: undefined, relist: false };
  assert.deepEqual(objectChange({ type: "added", object, origin: "initial" }), expected);
  assert.deepEqual(objectChange({ type: "added", object, origin: "relist" }), { ...expected, relist: true });
});

test("an updated object has both versions", () => {
  const change = objectChange({ type: "updated", old, object, origin: "watch", recreated: false });
  assert.deepEqual(change, { key, before: old, after: object, last: undefined, relist: false });
});

test("a deleted object has its final state, unless that was missed", () => {
  const deleted = { type: "deleted", old, object } as const;
  const seen = objectChange({ ...deleted, origin: "watch", finalStateUnknown: false });
  assert.deepEqual(seen, { key, before: old, after: undefined, last: object, relist: false });
  const missed = objectChange({ ...deleted, object: old, origin: "relist", finalStateUnknown: true });
  assert.deepEqual(missed, { key, before: old, after: undefined, last: undefined, relist: true });
});
