import assert from "node:assert/strict";
import { test } from "node:test";

import { parseQuantity } from "#resources/quantity.ts";

const BYTES: readonly (readonly [unknown, number])[] = [
  ["64Mi", 67_108_864],
  ["1.5Gi", 1_610_612_736],
  ["500M", 500_000_000],
  ["1k", 1000],
  ["2Ki", 2048],
  ["123", 123],
  ["0.5", 1],
  [4096, 4096],
];

for (const [text, bytes] of BYTES) {
  test(`quantity ${JSON.stringify(text)} is ${bytes} bytes`, () => assert.equal(parseQuantity(text), bytes));
}

for (const text of ["", "64MB", "64mi", "Mi", "-1Mi", "1 Mi", "64toString", -1, Number.NaN, null, undefined, []]) {
  test(`quantity ${JSON.stringify(text)} is none`, () => assert.equal(parseQuantity(text), undefined));
}
