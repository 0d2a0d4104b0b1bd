import assert from "node:assert/strict";
import { test } from "node:test";
import type { NewObject } from "#devcluster/controllers/reconciling/cluster-client.ts";
import { recordAt } from "#devcluster/record-at.ts";
import { simulatedCluster, template } from "./workloads.ts";

test("a DaemonSet has one pod on the node", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("daemonsets.apps", daemonSet());
  await rig.clock.advance(1_000);
  assert.equal(rig.names("pods").length, 1);
  assert.deepEqual(rig.read("daemonsets.apps", "default/agent")["status"], {
    currentNumberScheduled: 1,
    desiredNumberScheduled: 1,
    numberMisscheduled: 0,
    numberReady: 1,
    numberAvailable: 1,
    updatedNumberScheduled: 1,
    observedGeneration: 1,
  });
});

test("a new template replaces the pod of a DaemonSet", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("daemonsets.apps", daemonSet());
  await rig.clock.advance(1_000);
  const [before] = rig.names("pods");
  const set = rig.read("daemonsets.apps", "default/agent");
  rig.user.update("daemonsets.apps", { ...set, spec: { ...recordAt(set, "spec"), template: template("nginx:2") } });
  await rig.clock.advance(3_000);
  assert.equal(rig.names("pods").length, 1);
  assert.notEqual(rig.names("pods")[0], before);
});

test("a DaemonSet whose selector does not mean the node has no pod", async (t) => {
  const rig = simulatedCluster(t);
  const containers = [{ name: "c", image: "i" }];
  const spec = { nodeSelector: { disk: "fast" }, containers };
  rig.user.create("daemonsets.apps", daemonSet({ template: { metadata: { labels: { app: "web" } }, spec } }));
  await rig.clock.advance(1_000);
  assert.deepEqual(rig.names("pods"), []);
});

function daemonSet(spec: object = {}): NewObject {
  return {
    metadata: { namespace: "default", name: "agent" },
    spec: { selector: { matchLabels: { app: "web" } }, template: template("nginx:1"), ...spec },
  };
}
