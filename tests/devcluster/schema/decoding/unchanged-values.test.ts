import assert from "node:assert/strict";
import { test } from "node:test";
import { applyDefaults } from "#devcluster/schema/defaults/default-values.ts";
import { withoutForbiddenNulls } from "#devcluster/schema/decoding/forbidden-nulls.ts";
import { prune } from "#devcluster/schema/decoding/prune.ts";
import type { Schema } from "#devcluster/schema/schema.ts";
import { unknownFields } from "#devcluster/schema/decoding/unknown-fields.ts";

const SCHEMA: Schema = {
  type: "object",
  properties: {
    list: { type: "array", items: { type: "object", properties: { a: { type: "string", default: "d" } } } },
    other: { type: "object", properties: { b: { type: "integer" } } },
  },
};

test("a value that needs nothing is the same value", () => {
  const value = { list: [{ a: "x" }], other: { b: 1 } };

  assert.equal(applyDefaults(SCHEMA, value), value);
  assert.equal(prune(SCHEMA, value), value);
  assert.equal(withoutForbiddenNulls(SCHEMA, value), value);
});

test("what stays is shared with the value that was given", () => {
  const value = { list: [{}, { a: "x" }], other: { b: 1, c: 2 }, gone: 1 };
  const next = prune(SCHEMA, applyDefaults(SCHEMA, value));

  assert.deepEqual(next, { list: [{ a: "d" }, { a: "x" }], other: { b: 1 } });
  assert.deepEqual(value, { list: [{}, { a: "x" }], other: { b: 1, c: 2 }, gone: 1 });
});

test("members with names of an object's own machinery are members like others", () => {
  const value: unknown = JSON.parse('{"other":{"__proto__":1,"constructor":2,"b":3}}');

  assert.deepEqual(prune(SCHEMA, value), { other: { b: 3 } });
  assert.deepEqual(unknownFields(SCHEMA, { other: JSON.parse('{"__proto__":1}') as unknown }), [
    'unknown field "other.__proto__"',
  ]);
});
