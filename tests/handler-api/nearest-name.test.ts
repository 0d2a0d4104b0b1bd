import assert from "node:assert/strict";
import { test } from "node:test";

import { nearestName } from "#handler-api/nearest-name.ts";

const NAMES = ["timeout", "memory", "names"];

test("the nearest name is the one with the fewest slips, whatever the case", () => {
  assert.equal(nearestName("timout", NAMES), "timeout");
  assert.equal(nearestName("NAME", NAMES), "names");
});

test("nothing is near a name that is like no other", () => {
  assert.equal(nearestName("selector", NAMES), undefined);
  assert.equal(nearestName("timeout", []), undefined);
});
