import assert from "node:assert/strict";
import { test } from "node:test";
import { formatKey, KeyError, parseKey } from "#resources/object-key.ts";

for (const [text, key] of [
  ["default/web", { namespace: "default", name: "web" }],
  ["node-1", { namespace: "", name: "node-1" }],
] as const) {
  test(`the key "${text}" names its object without the object`, () => {
    assert.deepEqual(parseKey(text), key);
    assert.equal(formatKey(key), text);
  });
}

test("a text of more than two parts is no key", () => {
  assert.throws(() => parseKey("a/b/c"), KeyError);
});
