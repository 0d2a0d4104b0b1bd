import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonRecord } from "#kernel/json-value.ts";
import { withMetadata, type ApiObject } from "#devcluster/api-object.ts";
import { conditionOf } from "#devcluster/controllers/reconciling/conditions.ts";
import { isActive, isReady } from "#devcluster/simulation/workloads/pod-facts.ts";
import { recordAt } from "#devcluster/record-at.ts";
import type { ClusterRig } from "../../cluster-rig.ts";
import { deployment, simulatedCluster, template } from "../workloads.ts";
import { controllerOf } from "#devcluster/simulation/workloads/controller-reference.ts";

const CONTAINERS = [{ name: "c", image: "nginx" }];

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

test("a rollout never has more or fewer pods than its strategy says", async (t) => {
  const rig = simulatedCluster(t);
  const strategy = { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } };
  rig.user.create("deployments.apps", deployment({ replicas: 5, strategy }));
  await rig.clock.advance(1_000);
  change(rig, { template: template("nginx:2") });
  for (let i = 0; i < 300; i++) {
    await rig.clock.advance(50);
    const living = rig.user.list("pods").filter(isActive);
    assert.ok(living.length <= 6, `${living.length} pods`);
    assert.ok(living.filter(isReady).length >= 4, `${living.filter(isReady).length} ready pods`);
  }
  assert.deepEqual(revisions(rig), ["1: 0 of nginx:1", "2: 5 of nginx:2"]);
});

test("a Deployment that is recreated ends all its pods before it makes new ones", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("deployments.apps", deployment({ replicas: 2, strategy: { type: "Recreate" } }));
  await rig.clock.advance(1_000);
  change(rig, { template: template("nginx:2") });
  const since = rig.changes.length;
  await rig.clock.advance(5_000);
  const pods = rig.changes.slice(since).filter(({ storage }) => storage === "pods");
  const ends = pods.map(({ type }) => type).filter((type) => type !== "MODIFIED");
  assert.deepEqual(ends, ["DELETED", "DELETED", "ADDED", "ADDED"]);
});

test("a paused Deployment is not rolled out, but can be scaled", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("deployments.apps", deployment({ replicas: 2 }));
  await rig.clock.advance(1_000);
  change(rig, { paused: true, replicas: 3, template: template("nginx:2") });
  await rig.clock.advance(3_000);
  assert.deepEqual(revisions(rig), ["1: 3 of nginx:1"]);
  change(rig, { paused: false });
  await rig.clock.advance(5_000);
  assert.deepEqual(revisions(rig), ["1: 0 of nginx:1", "2: 3 of nginx:2"]);
});

test("a Deployment remembers as many revisions as it may", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("deployments.apps", deployment({ replicas: 1, revisionHistoryLimit: 1 }));
  for (const image of ["nginx:2", "nginx:3", "nginx:4"]) {
    await rig.clock.advance(5_000);
    change(rig, { template: template(image) });
  }
  await rig.clock.advance(5_000);
  assert.deepEqual(revisions(rig), ["3: 0 of nginx:3", "4: 1 of nginx:4"]);
});

test("a Deployment whose pods crash is late after its deadline, and keeps the pods that work", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("deployments.apps", deployment({ replicas: 2, progressDeadlineSeconds: 30 }));
  await rig.clock.advance(1_000);
  change(rig, { template: template("nginx:2", { annotations: { "informd.io/simulate": "crash" } }) });
  await rig.clock.advance(29_000);
  assert.equal(progressing(rig)["reason"], "ReplicaSetUpdated");
  await rig.clock.advance(10_000);
  assert.partialDeepStrictEqual(progressing(rig), { status: "False", reason: "ProgressDeadlineExceeded" });
  assert.deepEqual(revisions(rig), ["1: 2 of nginx:1", "2: 1 of nginx:2"]);
});

test("a deleted Deployment takes its ReplicaSets and pods along", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("deployments.apps", deployment({ replicas: 2 }));
  await rig.clock.advance(1_000);
  rig.user.delete("deployments.apps", rig.read("deployments.apps", "default/web"));
  await rig.clock.advance(1_000);
  assert.deepEqual([rig.names("replicasets.apps"), rig.names("pods")], [[], []]);
});

test("a Deployment adopts the ReplicaSet that one of the same name has left behind", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("deployments.apps", deployment({ replicas: 2 }));
  await rig.clock.advance(1_000);
  const pods = rig.names("pods");
  rig.user.delete("deployments.apps", rig.read("deployments.apps", "default/web"), { propagationPolicy: "Orphan" });
  await rig.clock.advance(1_000);
  assert.deepEqual([rig.names("deployments.apps"), rig.names("pods")], [[], pods]);

  rig.user.create("deployments.apps", deployment({ replicas: 2 }));
  await rig.clock.advance(1_000);
  assert.deepEqual(rig.names("pods"), pods);
  assert.equal(
    controllerOf(theOnly(rig, "replicasets.apps"))?.uid,
    rig.read("deployments.apps", "default/web").metadata.uid,
  );
});

test("a pod whose label no longer fits is let go and replaced", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("deployments.apps", deployment({ replicas: 1 }));
  await rig.clock.advance(1_000);
  const [pod] = rig.user.list("pods");
  assert.ok(pod);
  rig.user.update("pods", withMetadata(pod, { labels: { ...pod.metadata.labels, app: "debug" } }));
  await rig.clock.advance(1_000);
  assert.equal(rig.names("pods").length, 2);
  assert.equal(controllerOf(rig.read("pods", `default/${pod.metadata.name}`)), undefined);
});

test("a Deployment whose pods are refused says so, and goes on when they are not", async (t) => {
  const rig = simulatedCluster(t);
  const refused = { metadata: { labels: { app: "web" } }, spec: { priorityClassName: "tall", containers: CONTAINERS } };
  rig.user.create("deployments.apps", deployment({ replicas: 1, template: refused }));
  await rig.clock.advance(1_000);
  const failure = conditionOf(rig.read("deployments.apps", "default/web"), "ReplicaFailure");
  assert.equal(failure?.["reason"], "FailedCreate");
  assert.match(String(failure["message"]), /no PriorityClass with name tall was found/);

  rig.user.create("priorityclasses.scheduling.k8s.io", { metadata: { name: "tall" }, value: 7 });
  await rig.clock.advance(15_000);
  assert.equal(conditionOf(rig.read("deployments.apps", "default/web"), "ReplicaFailure"), undefined);
  assert.equal(conditionOf(rig.read("deployments.apps", "default/web"), "Available")?.["status"], "True");
});

test("a ReplicaSet whose pods are refused says it once, whatever name the next one would have had", async (t) => {
  const rig = simulatedCluster(t);
  const refused = template("nginx:1", { finalizers: ["no finalizer"] });
  rig.user.create("replicasets.apps", deployment({ replicas: 2, template: refused }));
  await rig.clock.advance(30_000);
  const failure = conditionOf(rig.read("replicasets.apps", "default/web"), "ReplicaFailure");
  assert.match(String(failure?.["message"]), /^Pod "web-\w{5}" is invalid/);
  assert.deepEqual(rig.events("replicasets.apps"), [
    "ADDED replicasets.apps default/web",
    "MODIFIED replicasets.apps default/web",
  ]);
});

function theOnly(rig: ClusterRig, resource: string): ApiObject {
  const [only, another] = rig.user.list(resource);
  assert.ok(only && !another);
  return only;
}

function progressing(rig: ClusterRig): JsonRecord {
  return conditionOf(rig.read("deployments.apps", "default/web"), "Progressing") ?? {};
}

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
