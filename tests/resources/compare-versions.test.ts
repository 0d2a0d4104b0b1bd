import assert from "node:assert/strict";
import { test } from "node:test";
import { compareVersions } from "#resources/compare-versions.ts";

for (const [a, b, order] of [
  ["9", "10", -1],
  ["10", "9", 1],
  ["7", "7", 0],
  ["18446744073709551616", "18446744073709551617", -1],
] as const) {
  test(`version ${a} is ${order < 0 ? "earlier than" : order > 0 ? "later than" : "the same as"} ${b}`, () => {
    assert.equal(Math.sign(compareVersions(a, b) ?? NaN), order);
  });
}

for (const [a, b] of [
  ["abc", "1"],
  ["1", ""],
  ["01", "1"],
  ["-1", "1"],
] as const) {
  test(`versions "${a}" and "${b}" are not comparable`, () => {
    assert.equal(compareVersions(a, b), undefined);
  });
}
