import assert from "node:assert/strict";
import { test } from "node:test";
import { withMetadata, type ApiObject, type OwnerReference } from "#devcluster/api-object.ts";
import { clusterRig, configMap, type ClusterRig } from "../../cluster-rig.ts";

test("what has lost its owner goes, and what hangs on that too", async (t) => {
  const rig = clusterRig(t);
  const owner = create(rig, "owner");
  const middle = create(rig, "middle", [ownedBy(owner)]);
  create(rig, "last", [ownedBy(middle)]);
  await rig.clock.advance(10);
  assert.deepEqual(remaining(rig), ["last", "middle", "owner"]);
  rig.user.delete("configmaps", owner);
  await rig.clock.advance(10);
  assert.deepEqual(remaining(rig), []);
});

test("a dependant of an owner that never existed goes", async (t) => {
  const rig = clusterRig(t);
  create(rig, "a", [{ apiVersion: "v1", kind: "ConfigMap", name: "nobody", uid: "no-uid" }]);
  await rig.clock.advance(10);
  assert.deepEqual(remaining(rig), []);
});

test("an owner of the same name with another uid is another owner", async (t) => {
  const rig = clusterRig(t);
  const owner = create(rig, "owner");
  create(rig, "a", [{ ...ownedBy(owner), uid: "another" }]);
  await rig.clock.advance(10);
  assert.deepEqual(remaining(rig), ["owner"]);
});

test("one owner of several is enough, and the lost one is forgotten", async (t) => {
  const rig = clusterRig(t);
  const [first, second] = [create(rig, "first"), create(rig, "second")];
  create(rig, "a", [ownedBy(first), ownedBy(second)]);
  rig.user.delete("configmaps", first);
  await rig.clock.advance(10);
  assert.deepEqual(remaining(rig), ["a", "second"]);
  assert.deepEqual(rig.read("configmaps", "default/a").metadata.ownerReferences, [ownedBy(second)]);
});

test("a foreground deletion waits for dependants that block it", async (t) => {
  const rig = clusterRig(t);
  const owner = create(rig, "owner");
  create(rig, "blocks", [{ ...ownedBy(owner), blockOwnerDeletion: true }], ["example.com/held"]);
  rig.user.delete("configmaps", owner, { propagationPolicy: "Foreground" });
  await rig.clock.advance(10);
  assert.deepEqual(remaining(rig), ["blocks", "owner"]);
  assert.notEqual(rig.read("configmaps", "default/blocks").metadata.deletionTimestamp, undefined);

  rig.user.update("configmaps", withMetadata(rig.read("configmaps", "default/blocks"), { finalizers: undefined }));
  await rig.clock.advance(10);
  assert.deepEqual(remaining(rig), []);
  assert.deepEqual(rig.events("configmaps").slice(-2), [
    "DELETED configmaps default/blocks",
    "DELETED configmaps default/owner",
  ]);
});

test("a foreground deletion does not wait for dependants that do not block it", async (t) => {
  const rig = clusterRig(t);
  const owner = create(rig, "owner");
  create(rig, "a", [ownedBy(owner)], ["example.com/held"]);
  rig.user.delete("configmaps", owner, { propagationPolicy: "Foreground" });
  await rig.clock.advance(10);
  assert.deepEqual(remaining(rig), ["a"]);
});

test("orphans stay without their owner", async (t) => {
  const rig = clusterRig(t);
  const owner = create(rig, "owner");
  create(rig, "a", [ownedBy(owner)]);
  rig.user.delete("configmaps", owner, { propagationPolicy: "Orphan" });
  await rig.clock.advance(10);
  assert.deepEqual(remaining(rig), ["a"]);
  assert.equal(rig.read("configmaps", "default/a").metadata.ownerReferences, undefined);
});

test("an owner whose kind is not served keeps its dependants", async (t) => {
  const rig = clusterRig(t);
  create(rig, "a", [{ apiVersion: "example.com/v1", kind: "Widget", name: "w", uid: "w-uid" }]);
  await rig.clock.advance(10);
  assert.deepEqual(remaining(rig), ["a"]);
});

function create(
  { user }: ClusterRig,
  name: string,
  ownerReferences?: readonly OwnerReference[],
  finalizers?: readonly string[],
): ApiObject {
  const metadata = { ...(ownerReferences && { ownerReferences }), ...(finalizers && { finalizers }) };
  const created = user.create("configmaps", configMap(`default/${name}`, metadata));
  assert.ok(created);
  return created;
}

function ownedBy({ metadata: { name, uid = "" } }: ApiObject): OwnerReference {
  return { apiVersion: "v1", kind: "ConfigMap", name, uid };
}

function remaining(rig: ClusterRig): readonly string[] {
  return rig.names("configmaps", "default").filter((name) => name !== "kube-root-ca.crt");
}
