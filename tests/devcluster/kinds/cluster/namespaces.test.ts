import assert from "node:assert/strict";
import { test } from "node:test";
import { created, kindRig, refusal } from "../kind-rig.ts";

test("a new namespace is active, labelled with its name and kept by its finalizer", (t) => {
  const { metadata, spec, status } = created(kindRig(t), "namespaces", {});
  assert.deepEqual(metadata.labels, { "kubernetes.io/metadata.name": "x" });
  assert.deepEqual([spec, status], [{ finalizers: ["kubernetes"] }, { phase: "Active" }]);
});

test("a deleted namespace is terminating until it is finalized", (t) => {
  const rig = kindRig(t);
  rig.user.delete("namespaces", created(rig, "namespaces", {}));
  const terminating = rig.read("namespaces", "x");
  assert.deepEqual(terminating["status"], { phase: "Terminating" });
  assert.equal(terminating.metadata.deletionGracePeriodSeconds, undefined);

  rig.user.update("namespaces", { ...terminating, spec: { finalizers: [] } });
  assert.deepEqual(rig.read("namespaces", "x")["spec"], { finalizers: ["kubernetes"] }, "an update cannot finalize");
  rig.user.update("namespaces", { ...terminating, spec: { finalizers: [] } }, "finalize");
  assert.deepEqual(rig.names("namespaces"), ["default"]);
});

test("a second deletion of a namespace changes nothing", (t) => {
  const rig = kindRig(t);
  const namespace = created(rig, "namespaces", {});
  rig.user.delete("namespaces", namespace);
  const { revision } = rig.store;
  rig.user.delete("namespaces", namespace);
  assert.equal(rig.store.revision, revision);
});

test("the namespaces of the system cannot be deleted", (t) => {
  const rig = kindRig(t);
  for (const name of ["default", "kube-system", "kube-public"]) {
    rig.user.create("namespaces", { metadata: { name } });
    const { code, message, details } = refusal(() => rig.user.delete("namespaces", rig.read("namespaces", name)));
    assert.equal(code, 403);
    assert.equal(message, `namespaces "${name}" is forbidden: this namespace may not be deleted`);
    assert.deepEqual(details, { name, kind: "namespaces" });
  }
});
