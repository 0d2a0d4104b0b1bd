import assert from "node:assert/strict";
import { test } from "node:test";
import { created, kindRig, refusal } from "./kind-rig.ts";

test("stringData of a Secret becomes its data", (t) => {
  const rig = kindRig(t);
  const secret = created(rig, "secrets", { stringData: { a: "b" }, data: { a: "eA==", c: "eA==" } });
  assert.deepEqual([secret["data"], secret["stringData"]], [{ a: "Yg==", c: "eA==" }, undefined]);
  assert.equal(secret["type"], "Opaque");
  const updated = rig.user.update("secrets", { ...secret, stringData: { d: "é" } });
  assert.deepEqual(updated["data"], { a: "Yg==", c: "eA==", d: "w6k=" });
});

test("claims and volumes are protected while they are in use", (t) => {
  const rig = kindRig(t);
  const claim = created(rig, "persistentvolumeclaims", {
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
  });
  assert.deepEqual(claim.metadata.finalizers, ["kubernetes.io/pvc-protection"]);
  assert.deepEqual(claim["status"], { phase: "Pending" });
  const volume = created(rig, "persistentvolumes", {
    spec: { accessModes: ["ReadWriteOnce"], capacity: { storage: "1Gi" }, hostPath: { path: "/data" } },
  });
  assert.deepEqual(volume.metadata.finalizers, ["kubernetes.io/pv-protection"]);
  assert.deepEqual(volume["status"], { phase: "Pending", lastPhaseTransitionTime: "2026-01-01T00:00:00Z" });
});

test("a new node is not ready", (t) => {
  const node = created(kindRig(t), "nodes", {});
  assert.deepEqual(node["spec"], { taints: [{ key: "node.kubernetes.io/not-ready", effect: "NoSchedule" }] });
});

test("the priority classes of the system cannot be deleted", (t) => {
  const rig = kindRig(t);
  const resource = "priorityclasses.scheduling.k8s.io";
  const system = created(rig, resource, { metadata: { name: "system-node-critical" }, value: 1 });
  assert.equal(
    refusal(() => rig.user.delete(resource, system)).message,
    `${resource} "system-node-critical" is forbidden: this is a system priority class and cannot be deleted`,
  );
});
