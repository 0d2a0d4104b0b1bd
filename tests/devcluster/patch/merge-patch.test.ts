import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { mergePatch } from "#devcluster/patch/merge-patch.ts";

suite("merge patch: the examples of RFC 7386 whose patch is a record", () => {
  const cases: readonly [target: unknown, patch: JsonRecord, expected: unknown][] = [
    [{ a: "b" }, { a: "c" }, { a: "c" }],
    [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
    [{ a: "b" }, { a: null }, {}],
    [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
    [{ a: ["b"] }, { a: "c" }, { a: "c" }],
    [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
    [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
    [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: "b", c: null }, { a: "b" }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ];
  for (const [target, patch, expected] of cases) {
    test(`${JSON.stringify(target)} and ${JSON.stringify(patch)}`, () => {
      assert.deepEqual(mergePatch(target, patch), expected);
    });
  }
});

/** The pseudo code of RFC 7386, section 2. */
function referee(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const result: Record<string, unknown> = isRecord(target) ? target : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = referee(result[name], value);
  }
  return result;
}

const KEYS = fc.constantFrom("a", "b", "c");
const { record: RECORDS } = fc.letrec<{ value: unknown; record: JsonRecord }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, 1, "x", true),
    fc.array(tie("value"), { maxLength: 2 }),
    tie("record"),
  ),
  record: fc.dictionary(KEYS, tie("value"), { maxKeys: 3, noNullPrototype: true }),
}));

test("a merge patch does what the RFC's pseudo code does, and leaves its target alone", () => {
  fc.assert(
    fc.property(RECORDS, RECORDS, (target, patch) => {
      const before = structuredClone(target);
      assert.deepEqual(mergePatch(target, patch), referee(structuredClone(target), patch));
      assert.deepEqual(target, before);
    }),
    { seed: 7386, numRuns: 2_000 },
  );
});

test("a merge patch that was applied changes nothing more", () => {
  fc.assert(
    fc.property(RECORDS, RECORDS, (target, patch) => {
      const once = mergePatch(target, patch);
      assert.deepEqual(mergePatch(once, patch), once);
    }),
    { seed: 7386 },
  );
});

test("a merge patch sets a member named __proto__ like others", () => {
  const patch = JSON.parse('{"__proto__":{"a":1}}') as JsonRecord;
  assert.equal(JSON.stringify(mergePatch({}, patch)), '{"__proto__":{"a":1}}');
});
