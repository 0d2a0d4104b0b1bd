import assert from "node:assert/strict";
import { test } from "node:test";
import { SharedIndices } from "#informer/shared-indices.ts";
import type { IndexFunction } from "#informer/store/indexer.ts";
import { CacheRig, many } from "../support/cache-rig.ts";

const byVersion: IndexFunction = ({ resourceVersion }) => [resourceVersion];

function rigWith(objects: readonly string[]): { readonly rig: CacheRig; readonly indices: SharedIndices } {
  const rig = new CacheRig();
  for (const object of objects) rig.push("added", object);
  return { rig, indices: new SharedIndices(rig.store, rig.deltas) };
}

test("an index that somebody needs covers what the cache holds and what comes", async () => {
  const { rig, indices } = rigWith(["a@1", "b@2"]);
  await indices.acquire("version", byVersion).ready;
  rig.push("added", "c@2");
  assert.deepEqual(rig.store.indexKeys("version", "2"), ["default/b", "default/c"]);
});

test("an index is kept for as long as anybody needs it, and costs nothing afterwards", async () => {
  const { rig, indices } = rigWith(["a@1"]);
  let calls = 0;
  const counting: IndexFunction = () => [String(++calls)];
  const shares = [indices.acquire("counting", counting), indices.acquire("counting", counting)];
  await Promise.all(shares.map(({ ready }) => ready));
  shares[0]?.release();
  shares[0]?.release();
  assert.equal(rig.store.hasIndex("counting"), true);
  shares[1]?.release();
  assert.equal(rig.store.hasIndex("counting"), false);
  calls = 0;
  rig.push("updated", "a@2");
  assert.equal(calls, 0);
});

test("a full cache is indexed in slices, and what changes meanwhile waits and is indexed too", async () => {
  const { rig, indices } = rigWith(many(2_000));
  await rig.clock.advance(0);
  const { ready } = indices.acquire("version", byVersion);
  rig.push("updated", "pod0@7");
  assert.equal(rig.store.hasIndex("version"), false);
  await rig.clock.advance(0);
  await ready;
  assert.deepEqual(rig.store.indexKeys("version", "7"), ["default/pod0"]);
  assert.equal(rig.store.indexKeys("version", "1").length, 1_999);
});

test("an index that is released while it is built is gone when it is done", async () => {
  const { rig, indices } = rigWith(many(2_000));
  await rig.clock.advance(0);
  indices.acquire("version", byVersion).release();
  await rig.clock.advance(0);
  assert.equal(rig.store.hasIndex("version"), false);
  const again = indices.acquire("version", byVersion);
  await rig.clock.advance(0);
  await again.ready;
  assert.equal(rig.store.indexKeys("version", "1").length, 2_000);
});

test("an index whose function throws is not there, and who waits for it is told", async () => {
  const { rig, indices } = rigWith(["a@1"]);
  const broken = indices.acquire("broken", () => {
    throw new Error("no such field");
  });
  await assert.rejects(broken.ready, /no such field/);
  assert.equal(rig.store.hasIndex("broken"), false);
  rig.push("added", "b@2");
  assert.deepEqual(rig.cached, ["a@1", "b@2"]);
});
