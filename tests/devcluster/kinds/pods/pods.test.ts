import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClusterRig } from "../../cluster-rig.ts";
import { created, kindRig, refusal } from "../kind-rig.ts";

test("a new pod is pending, has a priority and stays five minutes on a node that is lost", (t) => {
  const { spec, status } = created(kindRig(t), "pods", { spec: podSpec() });
  assert.deepEqual(status, { phase: "Pending", qosClass: "BestEffort" });
  assert.partialDeepStrictEqual(spec, {
    priority: 0,
    preemptionPolicy: "PreemptLowerPriority",
    tolerations: [
      { key: "node.kubernetes.io/not-ready", operator: "Exists", effect: "NoExecute", tolerationSeconds: 300 },
      { key: "node.kubernetes.io/unreachable", operator: "Exists", effect: "NoExecute", tolerationSeconds: 300 },
    ],
  });
});

test("a pod that tolerates everything gets no further tolerations", (t) => {
  const tolerations = [{ operator: "Exists" }];
  const { spec } = created(kindRig(t), "pods", { spec: podSpec({ tolerations }) });
  assert.partialDeepStrictEqual(spec, { tolerations });
});

const CLASSES: Readonly<Record<string, readonly object[]>> = {
  BestEffort: [{}, { limits: { "example.com/gpu": "1" } }, { requests: { cpu: "0" } }],
  Burstable: [
    { requests: { cpu: "1" } },
    { limits: { cpu: "1" } },
    { limits: { cpu: "1", memory: "1Gi" }, requests: { cpu: "500m" } },
  ],
  Guaranteed: [
    { limits: { cpu: "1", memory: "1Gi" } },
    { limits: { cpu: "1", memory: "1Gi" }, requests: { cpu: "1000m", memory: "1024Mi" } },
  ],
};

test("what a pod asks for decides its quality of service", (t) => {
  const rig = kindRig(t);
  let count = 0;
  for (const [qosClass, all] of Object.entries(CLASSES))
    for (const resources of all) {
      const spec = { containers: [{ name: "c", image: "i", resources }] };
      const pod = created(rig, "pods", { metadata: { name: `p${++count}` }, spec });
      assert.partialDeepStrictEqual(pod["status"], { qosClass }, JSON.stringify(resources));
    }
});

test("a pod has the priority of its class", (t) => {
  const rig = kindRig(t);
  created(rig, "priorityclasses.scheduling.k8s.io", {
    metadata: { name: "high" },
    value: 7,
    preemptionPolicy: "Never",
  });
  const { spec } = created(rig, "pods", { spec: podSpec({ priorityClassName: "high" }) });
  assert.partialDeepStrictEqual(spec, { priority: 7, priorityClassName: "high", preemptionPolicy: "Never" });
});

test("a pod of the default class says so", (t) => {
  const rig = kindRig(t);
  created(rig, "priorityclasses.scheduling.k8s.io", { metadata: { name: "usual" }, value: 5, globalDefault: true });
  const { spec } = created(rig, "pods", { spec: podSpec() });
  assert.partialDeepStrictEqual(spec, { priority: 5, priorityClassName: "usual" });
});

test("a pod cannot have a class that does not exist, nor a priority of its own", (t) => {
  const rig = kindRig(t);
  assert.equal(
    refusal(() => created(rig, "pods", { spec: podSpec({ priorityClassName: "zz" }) })).message,
    'pods "x" is forbidden: no PriorityClass with name zz was found',
  );
  assert.equal(
    refusal(() => created(rig, "pods", { spec: podSpec({ priority: 5 }) })).message,
    'pods "x" is forbidden: the integer value of priority (5) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name',
  );
});

test("a pod on no node goes at once, one on a node after its grace period", (t) => {
  const rig = kindRig(t);
  rig.user.delete("pods", created(rig, "pods", { spec: podSpec() }));
  assert.deepEqual(rig.names("pods"), []);

  const bound = onNode(rig);
  rig.user.delete("pods", bound);
  assert.equal(rig.read("pods", "default/x").metadata.deletionGracePeriodSeconds, 30);
  rig.user.delete("pods", bound, { gracePeriodSeconds: 10 });
  assert.equal(rig.read("pods", "default/x").metadata.deletionGracePeriodSeconds, 10);
  rig.user.delete("pods", bound, { gracePeriodSeconds: 0 });
  assert.deepEqual(rig.names("pods"), []);
});

test("a pod that has ended goes at once", (t) => {
  const rig = kindRig(t);
  const pod = onNode(rig);
  rig.user.delete("pods", rig.user.update("pods", { ...pod, status: { phase: "Succeeded" } }, "status"));
  assert.deepEqual(rig.names("pods"), []);
});

function podSpec(spec: object = {}): object {
  return { containers: [{ name: "c", image: "i" }], ...spec };
}

function onNode(rig: ClusterRig): ReturnType<ClusterRig["read"]> {
  const pod = created(rig, "pods", { spec: podSpec() });
  rig.user.post("pods", pod, "binding", { metadata: { name: "x" }, target: { kind: "Node", name: "n" } });
  return rig.read("pods", "default/x");
}
