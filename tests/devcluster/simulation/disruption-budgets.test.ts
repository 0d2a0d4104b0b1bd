import assert from "node:assert/strict";
import { test } from "node:test";
import { recordAt } from "#devcluster/record-at.ts";
import { refusal } from "../kinds/kind-rig.ts";
import type { ClusterRig } from "../cluster-rig.ts";
import { deployment, simulatedCluster } from "./workloads.ts";

test("a budget says how many pods it can spare", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("deployments.apps", deployment({ replicas: 4 }));
  createBudget(rig, { maxUnavailable: "25%" });
  await rig.clock.advance(1_000);
  assert.partialDeepStrictEqual(budgetStatus(rig), {
    currentHealthy: 4,
    desiredHealthy: 3,
    expectedPods: 4,
    disruptionsAllowed: 1,
    observedGeneration: 1,
  });
});

test("an eviction waits until the budget can spare the pod", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("deployments.apps", deployment({ replicas: 2 }));
  createBudget(rig, { minAvailable: 1 });
  await rig.clock.advance(1_000);
  const [first, second] = rig.names("pods");
  evict(rig, first);
  assert.equal(refusal(() => evict(rig, second)).code, 429);
  await rig.clock.advance(3_000);
  assert.equal(budgetStatus(rig)["disruptedPods"], undefined);
  evict(rig, second);
});

function createBudget(rig: ClusterRig, spec: object): void {
  rig.user.create("poddisruptionbudgets.policy", {
    metadata: { namespace: "default", name: "b" },
    spec: { selector: { matchLabels: { app: "web" } }, ...spec },
  });
}

function budgetStatus(rig: ClusterRig): ReturnType<typeof recordAt> {
  return recordAt(rig.read("poddisruptionbudgets.policy", "default/b"), "status");
}

function evict(rig: ClusterRig, name = ""): void {
  rig.user.post("pods", rig.read("pods", `default/${name}`), "eviction", { metadata: { name } });
}
