import assert from "node:assert/strict";
import { test } from "node:test";
import { recordAt } from "#devcluster/record-at.ts";
import type { ClusterRig } from "../cluster-rig.ts";
import { deployment, simulatedCluster, template } from "./workloads.ts";

test("a Deployment's pods run and are ready within a second", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("deployments.apps", deployment({ replicas: 3 }));
  await rig.clock.advance(1_000);

  assert.deepEqual(status(rig), {
    observedGeneration: 1,
    replicas: 3,
    updatedReplicas: 3,
    readyReplicas: 3,
    availableReplicas: 3,
    conditions: [
      {
        type: "Available",
        status: "True",
        reason: "MinimumReplicasAvailable",
        message: "Deployment has minimum availability.",
        lastTransitionTime: "2026-01-01T00:00:00Z",
        lastUpdateTime: "2026-01-01T00:00:00Z",
      },
      {
        type: "Progressing",
        status: "True",
        reason: "NewReplicaSetAvailable",
        message: `ReplicaSet "${rig.names("replicasets.apps")[0]}" has successfully progressed.`,
        lastTransitionTime: "2026-01-01T00:00:00Z",
        lastUpdateTime: "2026-01-01T00:00:00Z",
      },
    ],
  });
  assert.deepEqual(
    rig.user.list("pods").map((pod) => recordAt(pod, "status")["phase"]),
    ["Running", "Running", "Running"],
  );
});

test("a new image is rolled out, and the old ReplicaSet stays for going back", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("deployments.apps", deployment({ replicas: 3 }));
  await rig.clock.advance(1_000);
  change(rig, { template: template("nginx:2") });
  await rig.clock.advance(10_000);

  assert.deepEqual(revisions(rig), ["1: 0 of nginx:1", "2: 3 of nginx:2"]);
  assert.equal(rig.names("pods").length, 3);
  assert.equal(
    rig.read("deployments.apps", "default/web").metadata.annotations?.["deployment.kubernetes.io/revision"],
    "2",
  );

  change(rig, { template: template("nginx:1") });
  await rig.clock.advance(10_000);
  assert.deepEqual(revisions(rig), ["2: 0 of nginx:2", "3: 3 of nginx:1"]);
});

function change(rig: ClusterRig, spec: object): void {
  const before = rig.read("deployments.apps", "default/web");
  rig.user.update("deployments.apps", { ...before, spec: { ...recordAt(before, "spec"), ...spec } });
}

function status(rig: ClusterRig): unknown {
  return rig.read("deployments.apps", "default/web")["status"];
}

/** `revision: replicas of image` */
function revisions(rig: ClusterRig): readonly string[] {
  return rig.user
    .list("replicasets.apps")
    .map((set) => {
      const [container] = recordAt(set, "spec", "template", "spec")["containers"] as [{ image: string }];
      const revision = set.metadata.annotations?.["deployment.kubernetes.io/revision"];
      return `${revision}: ${String(recordAt(set, "spec")["replicas"])} of ${container.image}`;
    })
    .sort();
}
