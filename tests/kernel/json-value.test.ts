import assert from "node:assert/strict";
import { test } from "node:test";
import { elementsOf, fieldOf, numberOf, parseJson, textOf, textsOf } from "#kernel/json-value.ts";

test("a field that is there with the expected type is read", () => {
  const value = { text: "a", number: 1, list: [1, "b"], nested: { text: "c" } };
  assert.equal(textOf(value, "text"), "a");
  assert.equal(numberOf(value, "number"), 1);
  assert.deepEqual(elementsOf(value, "list"), [1, "b"]);
  assert.deepEqual(textsOf(value, "list"), ["b"]);
  assert.equal(textOf(fieldOf(value, "nested"), "text"), "c");
});

test("whatever is not there, or of another type, reads as nothing", () => {
  for (const value of [undefined, null, "text", 1, [], {}, { key: null }, { key: {} }]) {
    assert.equal(textOf(value, "key"), undefined);
    assert.equal(numberOf(value, "key"), undefined);
    assert.deepEqual(elementsOf(value, "key"), []);
  }
});

test("inherited members are not fields", () => {
  assert.equal(fieldOf({}, "constructor"), undefined);
  assert.equal(fieldOf(parseJson('{"__proto__":"mine"}'), "__proto__"), "mine");
});

test("a text that is no JSON parses to nothing", () => {
  assert.equal(parseJson("{"), undefined);
});
