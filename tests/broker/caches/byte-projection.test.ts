import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { createByteProjection } from "#broker/caches/byte-projection.ts";
import { createProjection } from "#broker/caches/projection.ts";

/** Few keys, so that paths meet objects. */
const KEY = fc.constantFrom("a", "b", "c", "__proto__", "ä.b/c", 'q"\\\n');
const VALUE = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(null, true, 0, -1.5e-7, "", 'text "]}{[,:\\ ü\n', 12_345),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(KEY, tie("value"), { maxKeys: 5 }),
  ),
})).value;
const OBJECT = fc.dictionary(KEY, VALUE, { maxKeys: 6 });
const PATH = fc
  .array(fc.constantFrom("a", "b", "c", "__proto__", "['ä.b/c']"), { minLength: 1, maxLength: 3 })
  .map((steps) => steps.join(".").replaceAll(".[", "["))
  .filter((path) => !path.startsWith("["));

test("a projection of bytes keeps what a projection of the parsed object keeps", () => {
  fc.assert(
    fc.property(OBJECT, fc.array(PATH, { minLength: 1, maxLength: 4 }), fc.nat(2), (object, paths, indent) => {
      const json = Buffer.from(`${" ".repeat(indent)}${JSON.stringify(object, undefined, indent)}`);
      const kept: unknown = JSON.parse(Buffer.from(createByteProjection(paths)(json)).toString());
      assert.deepEqual(kept, JSON.parse(JSON.stringify(createProjection(paths)(JSON.parse(json.toString())))));
    }),
    { seed: 14, numRuns: 3000 },
  );
});

const WRITTEN: readonly (readonly [what: string, json: string, paths: readonly string[], kept: string])[] = [
  ["bytes as they are", '{"a" : 1.50 ,"b":{ "c" : [ 1 ] }}', ["a", "b.c"], '{"a":1.50,"b":{"c":[ 1 ]}}'],
  ["members in the object's order", '{"b":1,"a":2}', ["a", "b"], '{"b":1,"a":2}'],
  ["the items of a list", '{"a":[{"b":1,"c":2}, 5 ,[{"c":3}], {}]}', ["a.b"], '{"a":[{"b":1},5,[{}],{}]}'],
  ["a key that is written with an escape", '{"\\u0061":1,"b":2}', ["a"], '{"a":1}'],
  ["the last of a key that is there twice", '{"a":1,"a":2,"b":3}', ["a", "b"], '{"a":2,"b":3}'],
  ["nothing of what is empty", "{}", ["a"], "{}"],
];

for (const [what, json, paths, kept] of WRITTEN) {
  test(`a projection of bytes keeps ${what}`, () => {
    assert.equal(Buffer.from(createByteProjection(paths)(Buffer.from(json))).toString(), kept);
  });
}

test("a projection of bytes reads no further than to the last field that is asked for", () => {
  const cut = Buffer.from('{"kind":"Pod","metadata":{"name":"web","labels":{"a":"b"');
  assert.equal(Buffer.from(createByteProjection(["metadata.name"])(cut)).toString(), '{"metadata":{"name":"web"}}');
});

for (const damaged of ['{"a":', '{"a":[1', '{"b":"', "[1]x", ""]) {
  test(`a projection of bytes refuses ${JSON.stringify(damaged)}, which is no JSON`, () => {
    assert.throws(() => createByteProjection(["a.b"])(Buffer.from(damaged)), SyntaxError);
  });
}
