import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiOperationsRig } from "../../../support/api-operations-rig.ts";

test("bookmarks come once a minute and two seconds before the end", async () => {
  const rig = withConfigMaps("a");
  const watch = rig.watch(rig.target("configmaps"), {
    resourceVersion: "1003",
    allowBookmarks: true,
    timeoutMs: 150_000,
  });
  await rig.clock.advance(60_000);
  assert.deepEqual(watch.lines, ["BOOKMARK 1003"]);
  rig.create("secrets", { name: "s" });
  await rig.clock.advance(87_999);
  assert.deepEqual(watch.lines, ["BOOKMARK 1003", "BOOKMARK 1004"]);
  await rig.clock.advance(1);
  assert.deepEqual(watch.lines, ["BOOKMARK 1003", "BOOKMARK 1004", "BOOKMARK 1004"]);
  assert.equal(watch.hasEnded, false);
  await rig.clock.advance(2000);
  assert.equal(watch.hasEnded, true);
  assert.deepEqual(rig.clock.pending, []);
});

test("a watch without bookmarks gets none", async () => {
  const rig = withConfigMaps("a");
  const watch = rig.watch(rig.target("configmaps"), { resourceVersion: "1003", timeoutMs: 90_000 });
  await rig.clock.advance(90_000);
  assert.deepEqual([watch.lines, watch.hasEnded], [[], true]);
});

test("a watch that names no timeout ends after 30 to 60 minutes", async () => {
  const rig = withConfigMaps();
  const watch = rig.watch(rig.target("configmaps"));
  await rig.clock.advance(1_800_000 - 1);
  assert.equal(watch.hasEnded, false);
  await rig.clock.advance(1_800_001);
  assert.equal(watch.hasEnded, true);
});

test("a watch that is stopped tells nothing more, and leaves no timer", async () => {
  const rig = withConfigMaps();
  const watch = rig.watch(rig.target("configmaps"), { allowBookmarks: true });
  watch.stop();
  watch.stop();
  rig.create("configmaps", { name: "a" });
  await rig.clock.advance(3_600_000);
  assert.deepEqual([watch.lines.length, watch.hasEnded, rig.clock.pending], [1, false, []]);
});

function withConfigMaps(...names: readonly string[]): ApiOperationsRig {
  const rig = new ApiOperationsRig();
  for (const name of names) rig.create("configmaps", { name });
  return rig;
}
