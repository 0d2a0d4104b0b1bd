import assert from "node:assert/strict";
import { test } from "node:test";

import { CacheRig, many } from "../support/cache-rig.ts";

const COUNT = 50_000;

test("a relist of 50,000 objects is told in slices of at most 500, and readers see all of it from the first slice on", async () => {
  const rig = new CacheRig();
  rig.replace(many(COUNT));
  while (rig.clock.pending.length > 0) await rig.clock.advance(0);
  rig.told.length = 0;
  rig.replace(many(COUNT, "2"), "200");
  const slices: number[] = [];
  let before = 0;
  for (;;) {
    slices.push(rig.told.length - before);
    before = rig.told.length;
    assert.equal(rig.store.get("default/pod49999")?.resourceVersion, "2");
    if (rig.clock.pending.length === 0) break;
    await rig.clock.advance(0);
  }
  assert.equal(rig.told.length, COUNT);
  assert.equal(Math.max(...slices), 500);
});

test("a relist of 50,000 unchanged objects tells nothing and keeps the memory as it was", async () => {
  const rig = new CacheRig();
  rig.replace(many(COUNT));
  while (rig.clock.pending.length > 0) await rig.clock.advance(0);
  rig.told.length = 0;
  const { usedBytes } = rig.store.memory;
  rig.replace(many(COUNT), "200");
  assert.deepEqual([rig.told.length, rig.store.memory.usedBytes], [0, usedBytes]);
});
