import assert from "node:assert/strict";
import { test } from "node:test";

import { parseDuration } from "#resources/duration.ts";

const MILLISECONDS: readonly (readonly [unknown, number])[] = [
  ["250ms", 250],
  ["30s", 30_000],
  ["5m", 300_000],
  ["2h", 7_200_000],
  ["1h30m", 5_400_000],
  ["1.5s", 1500],
  ["0s", 0],
  [1500, 1500],
];

for (const [text, ms] of MILLISECONDS) {
  test(`duration ${JSON.stringify(text)} is ${ms} ms`, () => assert.equal(parseDuration(text), ms));
}

for (const text of [
  "",
  "30",
  "30x",
  "-1s",
  "s",
  "1 s",
  "1d",
  "1s later",
  -1,
  Number.NaN,
  Infinity,
  null,
  undefined,
  {},
]) {
  test(`duration ${JSON.stringify(text)} is none`, () => assert.equal(parseDuration(text), undefined));
}
