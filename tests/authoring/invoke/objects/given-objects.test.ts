import assert from "node:assert/strict";
import { test } from "node:test";
import { readGiven } from "#authoring/invoke/objects/given-objects.ts";

const EMPTY = { object: undefined, old: undefined, cache: undefined };

function cached(...texts: readonly string[]): unknown {
  const read = readGiven({ ...EMPTY, cache: texts.map((text, at) => ({ name: `${at}.yaml`, text })) });
  return read.type === "failed" ? read.message : read.cache;
}

const POD = { apiVersion: "v1", kind: "Pod", metadata: { name: "a" } };

test("caches are given every object of every text, those in lists too, with where it is", () => {
  const node = { apiVersion: "v1", kind: "Node", metadata: { name: "n" } };
  const list = { apiVersion: "v1", kind: "PodList", items: [{ metadata: { name: "a" } }] };
  assert.deepEqual(cached(JSON.stringify(list), `---\n${JSON.stringify(node)}\n---\n`), [
    { object: POD, apiVersion: "v1", kind: "Pod", place: "0.yaml" },
    { object: node, apiVersion: "v1", kind: "Node", place: "1.yaml" },
  ]);
});

test("without anything for the caches nothing is known of them, with empty texts they are empty", () => {
  assert.deepEqual(readGiven(EMPTY), { type: "read", ...EMPTY });
  assert.deepEqual(cached(""), []);
});

test("an object for the caches that cannot be used is refused as the event's is, by its number if it is one of several", () => {
  assert.equal(
    cached(JSON.stringify(POD), "kind: Pod"),
    'Cannot use the object of "1.yaml": it has no apiVersion. Add one such as "v1".',
  );
  assert.equal(
    cached(`${JSON.stringify(POD)}\n---\n{ apiVersion: v1, kind: Pod }`),
    'Cannot use object 2 of "0.yaml": it has no metadata.name. Add one.',
  );
  assert.equal(cached("hello"), 'Cannot use the object of "0.yaml": it holds no object. Give one.');
  assert.match(String(cached("a: [b")), /^Cannot use the object of "0\.yaml": it is neither YAML nor JSON: /);
});

test("an object that contains itself by an alias is refused", () => {
  const text = "apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: &spec { again: *spec }\n";
  assert.deepEqual(readGiven({ ...EMPTY, object: { name: "pod.yaml", text } }), {
    type: "failed",
    message: 'Cannot use the object of "pod.yaml": it contains itself. Write YAML aliases out.',
  });
});
