import assert from "node:assert/strict";
import { test } from "node:test";
import { isNestedDeeper } from "#kernel/nesting.ts";

function isDeeper(json: string, limit: number): boolean {
  return isNestedDeeper(Buffer.from(json), limit);
}

test("nesting counts lists and objects alike", () => {
  const json = '[{"a":[1]},[],{}]';
  assert.deepEqual([isDeeper(json, 3), isDeeper(json, 2)], [false, true]);
});

test("nesting counts no brackets inside texts", () => {
  assert.equal(isDeeper(String.raw`{"[[[[":"{{{{\\","x":"\"[[[[","y":["ö"]}`, 2), false);
});
