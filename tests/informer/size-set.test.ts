import assert from "node:assert/strict";
import { test } from "node:test";

import * as fc from "fast-check";

import { SizeSet } from "#informer/store/size-set.ts";

const sizes = fc.oneof(fc.nat(70), fc.nat(65_536));

test("a size set finds the smallest number from any number on", () => {
  const property = fc.property(fc.array(sizes), fc.array(sizes), sizes, (added, deleted, from) => {
    const set = new SizeSet(65_536);
    for (const size of added) set.add(size);
    for (const size of deleted) set.delete(size);
    const larger = added.filter((size) => size >= from && !deleted.includes(size));
    assert.equal(set.nextFrom(from), larger.length === 0 ? -1 : Math.min(...larger));
  });
  fc.assert(property, { seed: 10, numRuns: 1000 });
});
