import assert from "node:assert/strict";
import { test } from "node:test";
import { textOf } from "#kernel/json-value.ts";
import type { NewObject } from "#devcluster/controllers/reconciling/cluster-client.ts";
import { recordAt } from "#devcluster/record-at.ts";
import type { ClusterRig } from "../../cluster-rig.ts";
import { simulatedCluster, template } from "../workloads.ts";

test("the pods of a StatefulSet come in order, each when the one before is ready", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("statefulsets.apps", statefulSet({ replicas: 3 }));
  await rig.clock.advance(1);
  assert.deepEqual(rig.names("pods"), ["db-0"]);
  await rig.clock.advance(4_000);
  assert.deepEqual(rig.names("pods"), ["db-0", "db-1", "db-2"]);
  assert.partialDeepStrictEqual(rig.read("statefulsets.apps", "default/db")["status"], {
    replicas: 3,
    readyReplicas: 3,
    availableReplicas: 3,
    updatedReplicas: 3,
    currentReplicas: 3,
    collisionCount: 0,
  });
});

test("a StatefulSet shrinks from its end", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("statefulsets.apps", statefulSet({ replicas: 3 }));
  await rig.clock.advance(5_000);
  change(rig, { replicas: 1 });
  await rig.clock.advance(4_000);
  assert.deepEqual(
    rig.events("pods").filter((event) => event.startsWith("DELETED")),
    ["DELETED pods default/db-2", "DELETED pods default/db-1"],
  );
});

test("a new template replaces pods from the end, but not below the partition", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("statefulsets.apps", statefulSet({ replicas: 3 }));
  await rig.clock.advance(5_000);
  const updateStrategy = { type: "RollingUpdate", rollingUpdate: { partition: 1 } };
  change(rig, { template: template("nginx:2"), updateStrategy });
  await rig.clock.advance(10_000);
  assert.deepEqual(images(rig), ["nginx:1", "nginx:2", "nginx:2"]);

  change(rig, { updateStrategy: { type: "RollingUpdate" } });
  await rig.clock.advance(5_000);
  assert.deepEqual(images(rig), ["nginx:2", "nginx:2", "nginx:2"]);
  const { currentRevision, updateRevision } = recordAt(rig.read("statefulsets.apps", "default/db"), "status");
  assert.equal(currentRevision, updateRevision);
  const revisions = rig.user.list("controllerrevisions.apps").map(({ revision }) => Number(revision));
  assert.deepEqual(
    revisions.sort((a, b) => a - b),
    [1, 2],
  );
});

test("each pod of a StatefulSet has claims of its own, which outlive it", async (t) => {
  const rig = simulatedCluster(t);
  const claim = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } };
  const volumeClaimTemplates = [{ metadata: { name: "data" }, spec: claim }];
  rig.user.create("statefulsets.apps", statefulSet({ replicas: 1, volumeClaimTemplates }));
  await rig.clock.advance(1_000);
  assert.deepEqual(recordAt(rig.read("pods", "default/db-0"), "spec")["volumes"], [
    { name: "data", persistentVolumeClaim: { claimName: "data-db-0" } },
  ]);
  rig.user.delete("statefulsets.apps", rig.read("statefulsets.apps", "default/db"));
  await rig.clock.advance(3_000);
  assert.deepEqual([rig.names("pods"), rig.names("persistentvolumeclaims")], [[], ["data-db-0"]]);
});

test("a StatefulSet whose pods are refused goes on as soon as they are not", async (t) => {
  const rig = simulatedCluster(t);
  const containers = [{ name: "c", image: "nginx:1" }];
  const refused = { metadata: { labels: { app: "web" } }, spec: { priorityClassName: "tall", containers } };
  rig.user.create("statefulsets.apps", statefulSet({ replicas: 1, template: refused }));
  await rig.clock.advance(60_000);
  assert.deepEqual(rig.names("pods"), []);
  rig.user.create("priorityclasses.scheduling.k8s.io", { metadata: { name: "tall" }, value: 7 });
  await rig.clock.advance(6_000);
  assert.deepEqual(rig.names("pods"), ["db-0"]);
});

function statefulSet(spec: object): NewObject {
  return {
    metadata: { namespace: "default", name: "db" },
    spec: { serviceName: "db", selector: { matchLabels: { app: "web" } }, template: template("nginx:1"), ...spec },
  };
}

function change(rig: ClusterRig, spec: object): void {
  const before = rig.read("statefulsets.apps", "default/db");
  rig.user.update("statefulsets.apps", { ...before, spec: { ...recordAt(before, "spec"), ...spec } });
}

function images(rig: ClusterRig): readonly unknown[] {
  return rig.user.list("pods").map(({ spec }) => {
    const [container] = recordAt({ spec }, "spec")["containers"] as object[];
    return textOf(container, "image");
  });
}
