import assert from "node:assert/strict";
import { test } from "node:test";
import { textOf } from "#kernel/json-value.ts";
import { recordAt } from "#devcluster/record-at.ts";
import type { NewObject } from "#devcluster/controllers/reconciling/cluster-client.ts";
import type { ClusterRig } from "../../cluster-rig.ts";
import { simulatedCluster } from "../workloads.ts";

test("a pod runs within a second: it has a node, an address and a container that is ready", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("pods", pod());
  await rig.clock.advance(1_000);
  const { spec, status } = rig.read("pods", "default/p") as unknown as Record<string, Record<string, unknown>>;
  assert.equal(spec?.["nodeName"], "informd");
  assert.equal(status?.["phase"], "Running");
  assert.equal(status?.["podIP"], "10.244.0.1");
  assert.equal(status?.["startTime"], "2026-01-01T00:00:00Z");
  assert.deepEqual(conditions(rig), {
    PodReadyToStartContainers: "True",
    Initialized: "True",
    Ready: "True",
    ContainersReady: "True",
    PodScheduled: "True",
  });
});

test("a node that somebody deletes is registered again, and pods that waited for it run", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.delete("nodes", rig.read("nodes", "informd"));
  rig.user.create("pods", pod());
  await rig.clock.advance(2_000);
  assert.equal(textOf(rig.read("nodes", "informd").spec, "podCIDR"), "10.244.0.0/16");
  assert.equal(textOf(rig.read("pods", "default/p")["status"], "phase"), "Running");
});

test("watchers see a pod wait, come to its node, start and run", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("pods", pod());
  await rig.clock.advance(1_000);
  assert.deepEqual(
    rig.changes
      .filter(({ storage }) => storage === "pods")
      .map(({ type, object }) => {
        const [status] = (recordAt(object, "status")["containerStatuses"] ?? []) as [{ state: object }?];
        const node = textOf(object["spec"], "nodeName") ?? "no node";
        return [type, node, ...Object.keys(status?.state ?? {})].join(", ");
      }),
    ["ADDED, no node", "MODIFIED, informd", "MODIFIED, informd, waiting", "MODIFIED, informd, running"],
  );
});

test("a deleted pod ends within a second, whatever its grace period", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("pods", pod({ terminationGracePeriodSeconds: 300 }));
  await rig.clock.advance(1_000);
  rig.user.delete("pods", rig.read("pods", "default/p"), { gracePeriodSeconds: undefined });
  assert.equal(rig.read("pods", "default/p").metadata.deletionGracePeriodSeconds, 300);
  await rig.clock.advance(1_000);
  assert.deepEqual(rig.names("pods"), []);
});

test("a pod that asks for it crashes again and again", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("pods", pod({}, { "informd.io/simulate": "crash" }));
  await rig.clock.advance(30_000);
  const [container] = recordAt(rig.read("pods", "default/p"), "status")["containerStatuses"] as [
    { state: { waiting: { reason: string } }; restartCount: number },
  ];
  assert.equal(container.state.waiting.reason, "CrashLoopBackOff");
  assert.ok(container.restartCount >= 3);
  assert.equal(conditions(rig)["Ready"], "False");
});

test("a pod that no node may take waits, and says why", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("pods", pod({ nodeSelector: { disk: "fast" } }));
  await rig.clock.advance(1_000);
  assert.equal(conditions(rig)["PodScheduled"], "False");

  const node = rig.read("nodes", "informd");
  const labels = { ...node.metadata.labels, disk: "fast" };
  rig.user.update("nodes", { ...node, metadata: { ...node.metadata, labels } });
  await rig.clock.advance(1_000);
  assert.equal(conditions(rig)["Ready"], "True");
});

test("a cordoned node takes no pods until it is uncordoned", async (t) => {
  const rig = simulatedCluster(t);
  cordon(rig, true);
  rig.user.create("pods", pod());
  await rig.clock.advance(1_000);
  assert.equal(conditions(rig)["PodScheduled"], "False");
  cordon(rig, undefined);
  await rig.clock.advance(1_000);
  assert.equal(conditions(rig)["Ready"], "True");
});

test("a cluster where nothing happens has no changes", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("pods", pod());
  await rig.clock.advance(2_000);
  const before = rig.changes.length;
  await rig.clock.advance(3_600_000);
  assert.equal(rig.changes.length, before);
});

test("a pod on another node is nobody's", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("pods", pod({ nodeName: "elsewhere" }));
  await rig.clock.advance(5_000);
  assert.equal(recordAt(rig.read("pods", "default/p"), "status")["phase"], "Pending");
});

function pod(spec: object = {}, annotations: object = {}): NewObject {
  return {
    metadata: { namespace: "default", name: "p", annotations },
    spec: { containers: [{ name: "c", image: "nginx" }], ...spec },
  };
}

function conditions(rig: ClusterRig): Record<string, string> {
  const all = recordAt(rig.read("pods", "default/p"), "status")["conditions"] as { type: string; status: string }[];
  return Object.fromEntries(all.map(({ type, status }) => [type, status]));
}

function cordon(rig: ClusterRig, unschedulable: boolean | undefined): void {
  const node = rig.read("nodes", "informd");
  const { unschedulable: _before, ...spec } = recordAt(node, "spec");
  rig.user.update("nodes", { ...node, spec: { ...spec, ...(unschedulable && { unschedulable }) } });
}
