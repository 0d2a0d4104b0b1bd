import assert from "node:assert/strict";
import { test } from "node:test";

import { editDistance } from "#resources/edit-distance.ts";

const DISTANCES: readonly (readonly [string, string, string, number])[] = [
  ["equal words", "pods", "pods", 0],
  ["an insertion", "pod", "pods", 1],
  ["a deletion", "podss", "pods", 1],
  ["a substitution", "puds", "pods", 1],
  ["a swap of neighbours", "opds", "pods", 1],
  ["several slips", "deplyomnt", "deployment", 2],
  ["nothing and a word", "", "pods", 4],
];

for (const [what, a, b, distance] of DISTANCES) {
  test(`the edit distance of ${what} is ${distance}, in both directions`, () => {
    assert.equal(editDistance(a, b), distance);
    assert.equal(editDistance(b, a), distance);
  });
}

test("texts whose lengths differ by more than may be are not compared", () => {
  assert.equal(editDistance("p".repeat(2 ** 22), "pods", 3), Infinity);
});
