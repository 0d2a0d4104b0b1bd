import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldOf, type JsonRecord } from "#kernel/json-value.ts";
import type { ApiStatus } from "#devcluster/api-status.ts";
import { ApiOperationsRig, statusOf, writeOptions } from "../../support/api-operations-rig.ts";

test("a binding gives a pod its node, its annotations and a condition", () => {
  const rig = withPod();
  const { object, created } = post(rig, "binding", {
    metadata: { name: "p", annotations: { x: "y" } },
    target: { kind: "Node", name: "n" },
  });
  assert.deepEqual(
    [object, created],
    [{ kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", code: 201 }, true],
  );
  const pod = rig.read(rig.target("pods", "p"));
  assert.deepEqual(
    [fieldOf(pod?.["spec"], "nodeName"), pod?.metadata.annotations, pod?.metadata.generation],
    ["n", { x: "y" }, 1],
  );
  assert.deepEqual(fieldOf(pod?.["status"], "conditions"), [
    { type: "PodScheduled", status: "True", lastProbeTime: null, lastTransitionTime: "2026-01-01T00:00:00Z" },
  ]);
});

test("a binding leaves the owners of the pod's fields as they were", () => {
  const rig = withPod();
  const owners = rig.read(rig.target("pods", "p"))?.metadata.managedFields;
  post(rig, "binding", { metadata: { name: "p" }, target: { name: "n" } });
  assert.ok(owners);
  assert.deepEqual(rig.read(rig.target("pods", "p"))?.metadata.managedFields, owners);
});

test("a binding can be posted among bindings, too", () => {
  const rig = withPod();
  rig.operations.create(rig.target("bindings"), { metadata: { name: "p" }, target: { name: "n" } }, writeOptions());
  assert.equal(fieldOf(rig.read(rig.target("pods", "p"))?.["spec"], "nodeName"), "n");
});

/** As kube-apiserver 1.37.2 answers them. */
const BINDING_REFUSALS: readonly (readonly [JsonRecord, number, string])[] = [
  [{ metadata: { name: "zz" }, target: { name: "n" } }, 400, "name in URL does not match name in Binding object"],
  [
    { metadata: { name: "p" }, target: { kind: "Pod", name: "" } },
    500,
    `[target.kind: Unsupported value: "Pod": supported values: "Node", "<empty>", target.name: Required value]`,
  ],
  [{ metadata: { name: "p" }, target: {} }, 500, "target.name: Required value"],
  [
    { kind: "Pod", metadata: { name: "p" }, target: { name: "n" } },
    400,
    `Pod in version "v1" cannot be handled as a Binding: converting (v1.Pod) to (core.Binding): unknown conversion`,
  ],
  [
    { metadata: { name: "p" }, target: { name: "n2" } },
    409,
    `Operation cannot be fulfilled on pods/binding "p": pod p is already assigned to node "n"`,
  ],
];

for (const [body, code, message] of BINDING_REFUSALS) {
  test(`the binding ${JSON.stringify(body)} is refused in the server's words`, () => {
    const rig = withPod({ nodeName: "n" });
    const status = statusOf(() => post(rig, "binding", body));
    assert.deepEqual([status.code, status.message], [code, message]);
  });
}

test("an eviction deletes the pod as its options say", () => {
  const rig = withPod({ nodeName: "n" });
  post(rig, "eviction", { ...EVICTION, deleteOptions: { gracePeriodSeconds: 7 } });
  assert.equal(rig.read(rig.target("pods", "p"))?.metadata.deletionGracePeriodSeconds, 7);
  post(rig, "eviction", { ...EVICTION, apiVersion: "policy/v1beta1", deleteOptions: { gracePeriodSeconds: 0 } });
  assert.equal(rig.read(rig.target("pods", "p")), undefined);
  assert.equal(statusOf(() => post(rig, "eviction", EVICTION)).code, 404);
});

test("an eviction in a version that never was is refused", () => {
  const rig = withPod();
  const status = statusOf(() => post(rig, "eviction", { ...EVICTION, apiVersion: "policy/v2" }));
  assert.equal(
    status.message,
    'Eviction in version "v2" cannot be handled as a Eviction: no kind "Eviction" is registered for version "policy/v2" in scheme "pkg/runtime/scheme.go:111"',
  );
});

test("an eviction that is only tried deletes nothing", () => {
  const rig = withPod({ nodeName: "n" });
  post(rig, "eviction", { ...EVICTION, deleteOptions: { dryRun: ["All"] } });
  rig.operations.create(rig.target("pods", "p", { subresource: "eviction" }), EVICTION, writeOptions({ dryRun: true }));
  assert.equal(rig.read(rig.target("pods", "p"))?.metadata.deletionTimestamp, undefined);
});

test("a disruption budget refuses evictions until it allows them, and counts them", () => {
  const rig = withPod({ nodeName: "n" });
  const ready = { phase: "Running", conditions: [{ type: "Ready", status: "True" }] };
  rig.merge(rig.target("pods", "p", { subresource: "status" }), { status: ready });
  rig.create(
    "poddisruptionbudgets.policy",
    { name: "pdb" },
    { spec: { minAvailable: 1, selector: { matchLabels: { app: "web" } } } },
  );
  const budget = rig.target("poddisruptionbudgets.policy", "pdb", { subresource: "status" });
  const allow = (disruptionsAllowed: number): unknown =>
    rig.merge(budget, {
      status: { observedGeneration: 1, disruptionsAllowed, currentHealthy: 1, desiredHealthy: 1, expectedPods: 1 },
    });
  const refusal = (): ApiStatus => statusOf(() => post(rig, "eviction", EVICTION));
  assert.deepEqual(refusal().details, {
    causes: [
      { reason: "DisruptionBudget", message: "The disruption budget pdb is still being processed by the server." },
    ],
    retryAfterSeconds: 10,
  });
  allow(0);
  assert.deepEqual(
    [refusal().code, refusal().reason, refusal().message],
    [429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget."],
  );
  assert.equal(
    refusal().details?.causes?.[0]?.message,
    "The disruption budget pdb needs 1 healthy pods and has 1 currently",
  );
  allow(1);
  post(rig, "eviction", EVICTION);
  const status = rig.read(budget)?.["status"];
  assert.deepEqual(
    [fieldOf(status, "disruptionsAllowed"), fieldOf(status, "disruptedPods")],
    [0, { p: "2026-01-01T00:00:00Z" }],
  );
  assert.notEqual(rig.read(rig.target("pods", "p"))?.metadata.deletionTimestamp, undefined);
});

test("an ephemeral container is all that its endpoint adds", () => {
  const rig = withPod();
  const target = rig.target("pods", "p", { subresource: "ephemeralcontainers" });
  const spec = { ephemeralContainers: [{ name: "dbg", image: "i" }], nodeName: "x" };
  const pod = rig.merge(target, { spec, metadata: { labels: { l: "1" } } });
  const { ephemeralContainers, nodeName } = pod["spec"] as JsonRecord;
  assert.deepEqual(
    [(ephemeralContainers as readonly JsonRecord[])[0]?.["name"], nodeName, pod.metadata.labels],
    ["dbg", undefined, { app: "web" }],
  );
});

const TWO_CONTAINERS: readonly JsonRecord[] = [
  { name: "c", image: "i" },
  { name: "d", image: "i" },
];

/** Subresource, container, code, message. */
const CONNECTIONS: readonly (readonly [JsonRecord, string, string, number, string])[] = [
  [{}, "log", "", 400, `container "c" in pod "p" is waiting to start: ContainerCreating`],
  [{}, "log", "x", 400, "container x is not valid for pod p"],
  [{}, "exec", "", 400, "pod p does not have a host assigned"],
  [
    {
      initContainers: [{ name: "ini", image: "i" }],
      containers: TWO_CONTAINERS,
    },
    "log",
    "",
    400,
    "a container name must be specified for pod p, choose one of: [ini c d]",
  ],
  [
    { nodeName: "n" },
    "exec",
    "",
    501,
    `pods/exec is not supported for container "c" in pod "p": this cluster runs no containers`,
  ],
  [
    { nodeName: "n" },
    "portforward",
    "",
    501,
    `pods/portforward is not supported for pod "p": this cluster runs no containers`,
  ],
  [{ containers: TWO_CONTAINERS }, "portforward", "", 400, "pod p does not have a host assigned"],
];

for (const [spec, subresource, container, code, message] of CONNECTIONS) {
  test(`${subresource} of container "${container}" in a pod with ${JSON.stringify(spec)} says why not`, () => {
    const rig = withPod(spec);
    const status = statusOf(() => rig.operations.get(rig.target("pods", "p", { subresource }), { container }));
    assert.deepEqual([status.code, status.message], [code, message]);
  });
}

test("a container that runs in name only has no log", () => {
  const rig = withPod({ nodeName: "n" });
  const containerStatuses = [
    { name: "c", state: { running: {} }, ready: true, restartCount: 0, image: "i", imageID: "i" },
  ];
  rig.merge(rig.target("pods", "p", { subresource: "status" }), { status: { phase: "Running", containerStatuses } });
  const status = statusOf(() => rig.operations.get(rig.target("pods", "p", { subresource: "log" })));
  assert.equal(status.message, `container "c" in pod "p" has no log: this cluster runs no containers`);
});

test("there is nothing to reach in a pod that does not exist", () => {
  const rig = new ApiOperationsRig();
  for (const subresource of ["log", "exec", "attach"])
    assert.equal(
      statusOf(() => rig.operations.get(rig.target("pods", "p", { subresource }))).message,
      `pods "p" not found`,
    );
});

test("a ServiceAccount has no tokens to give", () => {
  const rig = new ApiOperationsRig();
  rig.create("serviceaccounts", { name: "sa" });
  const token = (name: string): ApiStatus =>
    statusOf(() =>
      rig.operations.create(rig.target("serviceaccounts", name, { subresource: "token" }), {}, writeOptions()),
    );
  assert.deepEqual([token("nope").code, token("sa").code], [404, 501]);
});

const EVICTION = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name: "p" } };

function withPod(spec: JsonRecord = {}): ApiOperationsRig {
  const rig = new ApiOperationsRig();
  rig.create(
    "pods",
    { name: "p", labels: { app: "web" } },
    { spec: { containers: [{ name: "c", image: "i" }], ...spec } },
  );
  return rig;
}

function post(
  rig: ApiOperationsRig,
  subresource: string,
  body: JsonRecord,
): ReturnType<ApiOperationsRig["operations"]["create"]> {
  return rig.operations.create(rig.target("pods", "p", { subresource }), body, writeOptions());
}
