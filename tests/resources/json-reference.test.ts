import assert from "node:assert/strict";
import { test } from "node:test";

import * as fc from "fast-check";

import { parseReference } from "../support/json-reference.ts";

test("the second parser reads JSON as JSON.parse does", () => {
  const property = fc.property(fc.json({ stringUnit: "binary" }), (text) => {
    assert.deepEqual(parseReference(text), JSON.parse(text));
  });
  fc.assert(property, { seed: 6, numRuns: 1000 });
});

test("the second parser tells apart the keys that V8 14.6 confuses", () => {
  for (const text of ['{"q":1,"\\\\":1}', '{"q":1,"\\"":2}', '{"q":1,"\\\\":1}']) {
    assert.equal(JSON.stringify(parseReference(text)), text);
  }
});

test("the second parser refuses what is no JSON", () => {
  for (const text of ["", "{", "[1,]", '{"a":1,}', "01", "tru", '"\n"', '"\\x"', "1 2"]) {
    assert.throws(() => parseReference(text), SyntaxError, text);
  }
});
