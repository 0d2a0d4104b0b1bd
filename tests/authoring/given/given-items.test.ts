import assert from "node:assert/strict";
import { test } from "node:test";
import { itemsIn } from "#authoring/given/given-items.ts";

function namesIn(text: string): unknown {
  const given = itemsIn(text);
  return given.type === "items" ? given.items : given.reason;
}

test("a text gives its documents, and of lists what they hold, lists in lists too", () => {
  assert.deepEqual(namesIn("kind: Pod\n---\n---\nkind: List\nitems: [{ kind: Node }, { kind: List, items: [3] }]\n"), [
    { kind: "Pod" },
    { kind: "Node" },
    3,
  ]);
});

test("a list of one kind gives its items their kind", () => {
  assert.deepEqual(namesIn('{ "apiVersion": "v1", "kind": "PodList", "items": [{ "metadata": { "name": "a" } }] }'), [
    { apiVersion: "v1", kind: "Pod", metadata: { name: "a" } },
  ]);
});

test("an empty list gives nothing, whether its items are none or null", () => {
  assert.deepEqual(namesIn("{ kind: List, items: [] }\n---\n{ apiVersion: v1, kind: PodList, items: null }"), []);
});

test("an object whose kind ends in List is one", () => {
  const object = { apiVersion: "example.com/v1", kind: "AllowList", metadata: { name: "a" }, items: ["b"] };
  assert.deepEqual(namesIn(JSON.stringify(object)), [object]);
});

test("a text that is neither YAML nor JSON is invalid, with its place", () => {
  assert.match(String(namesIn("a: [b")), /^it is neither YAML nor JSON: .*\(\d+:\d+\)$/);
});
