import assert from "node:assert/strict";
import { test } from "node:test";
import { eachOnce } from "#kernel/each-once.ts";

test("the same reason is told once in a row, and again after another one", () => {
  const told: string[] = [];
  const tell = eachOnce((reason) => void told.push(reason));
  for (const reason of ["a", "a", "b", "b", "a"]) tell(reason);
  assert.deepEqual(told, ["a", "b", "a"]);
});
