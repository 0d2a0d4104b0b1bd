import assert from "node:assert/strict";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { recordAt } from "#devcluster/record-at.ts";
import type { Change } from "#devcluster/storage/change.ts";
import { simulatedCluster } from "../workloads.ts";

test("calm activity shows every kind of event within ten seconds, the first within two", async (t) => {
  const rig = simulatedCluster(t, "calm");
  await rig.clock.advance(900);
  const before = rig.changes.length;
  await rig.clock.advance(1_100);
  assert.ok(rig.changes.slice(before).some(isInteresting), "something happens at once");

  await rig.clock.advance(8_900);
  for (let round = 1; round <= 5; round++) {
    const since = rig.changes.length;
    await rig.clock.advance(10_500);
    const seen = rig.changes.slice(since);
    assert.ok(seen.some(isPodAdded), `a pod is added in round ${round}`);
    assert.ok(seen.some(isRolledOut), `a Deployment is rolled out in round ${round}`);
    assert.ok(seen.some(isJobDeleted), `a Job is deleted in round ${round}`);
  }
});

test("busy activity makes about fifty changes a second", async (t) => {
  const rig = simulatedCluster(t, "busy");
  await rig.clock.advance(10_000);
  const before = rig.changes.length;
  await rig.clock.advance(20_000);
  const perSecond = (rig.changes.length - before) / 20;
  assert.ok(perSecond > 35 && perSecond < 80, `${perSecond} changes a second`);
});

test("activity keeps the number of objects bounded", async (t) => {
  const rig = simulatedCluster(t, "busy");
  await rig.clock.advance(30_000);
  const counts = rig.registry.stored().map(({ storage }) => rig.store.list(storage).length);
  assert.ok(counts.reduce((sum, count) => sum + count, 0) < 150, `${counts.join()} objects`);
});

test("activity is the same for the same random numbers", async (t) => {
  const [first, second] = [simulatedCluster(t, "busy"), simulatedCluster(t, "busy")];
  await first.clock.advance(5_000);
  await second.clock.advance(5_000);
  assert.deepEqual(first.changes, second.changes);
});

test("activity goes on when its objects are deleted: it makes them again", async (t) => {
  const rig = simulatedCluster(t, "busy");
  await rig.clock.advance(3_000);
  for (const deployment of rig.user.list("deployments.apps", "demo")) rig.user.delete("deployments.apps", deployment);
  await rig.clock.advance(3_000);
  assert.equal(rig.user.list("deployments.apps", "demo").length, 4);
  rig.user.delete("namespaces", rig.read("namespaces", "demo"));
  await rig.clock.advance(5_000);
  assert.equal(rig.user.list("deployments.apps", "demo").length, 4);
  const since = rig.changes.length;
  await rig.clock.advance(10_000);
  assert.ok(rig.changes.slice(since).some(isPodAdded));
});

function isInteresting(change: Change): boolean {
  return isPodAdded(change) || isRolledOut(change) || isJobDeleted(change);
}

function isPodAdded({ type, storage }: Change): boolean {
  return type === "ADDED" && storage === "pods";
}

function isJobDeleted({ type, storage }: Change): boolean {
  return type === "DELETED" && storage === "jobs.batch";
}

/** As `handlers/deployment-rollout.ts` sees it. */
function isRolledOut({ type, storage, object, previous }: Change): boolean {
  return (
    type === "MODIFIED" &&
    storage === "deployments.apps" &&
    !isDeepStrictEqual(recordAt(object, "spec"), recordAt(previous, "spec"))
  );
}
