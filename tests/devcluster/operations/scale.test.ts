import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonRecord } from "#kernel/json-value.ts";
import type { Patch } from "#devcluster/operations/api-operations.ts";
import { ApiOperationsRig, statusOf, writeOptions } from "../../support/api-operations-rig.ts";

test("a Deployment shows how many it wants and has, and of what", () => {
  const matchExpressions = [{ key: "c", operator: "In", values: ["y", "x"] }];
  const rig = withDeployment({ matchLabels: { b: "1", a: "2" }, matchExpressions }, { b: "1", a: "2", c: "x" });
  const { uid, creationTimestamp, resourceVersion } = rig.read(rig.target("deployments.apps", "d"))?.metadata ?? {};
  assert.deepEqual(rig.operations.get(scale(rig)), {
    kind: "Scale",
    apiVersion: "autoscaling/v1",
    metadata: { name: "d", namespace: "default", uid, resourceVersion, creationTimestamp },
    spec: { replicas: 2 },
    status: { replicas: 0, selector: "a=2,b=1,c in (x,y)" },
  });
});

test("a Scale that is put or patched changes the number, and nothing else", () => {
  const rig = withDeployment();
  const changes: Patch[] = [
    { type: "merge", patch: { spec: { replicas: 4 }, status: { replicas: 9 }, metadata: { labels: { x: "y" } } } },
    { type: "strategic", patch: { spec: { replicas: 5 } } },
    { type: "json", operations: [{ op: "replace", path: "/spec/replicas", value: 6 }] },
  ];
  const numbers = [
    rig.put(scale(rig), { metadata: { name: "d" }, spec: { replicas: 3 } }),
    ...changes.map((change) => rig.operations.patch(scale(rig), change, writeOptions()).object),
  ].map(({ spec }) => spec);
  assert.deepEqual(
    numbers,
    [3, 4, 5, 6].map((replicas) => ({ replicas })),
  );
  const after = rig.read(rig.target("deployments.apps", "d"));
  assert.deepEqual([after?.metadata.generation, after?.metadata.labels, after?.["status"]], [5, undefined, {}]);
});

test("the number that a Scale changes belongs to its own entry", () => {
  const rig = withDeployment();
  rig.merge(scale(rig), { spec: { replicas: 5 } }, { fieldManager: "scaler" });
  const entry = rig
    .read(rig.target("deployments.apps", "d"))
    ?.metadata.managedFields?.find(({ manager }) => manager === "scaler");
  assert.deepEqual(entry && [entry.apiVersion, entry.subresource, entry.fieldsV1], [
    "apps/v1",
    "scale",
    { "f:spec": { "f:replicas": {} } },
  ]);
});

test("a Scale can be applied, by force where another has said the number", () => {
  const rig = withDeployment();
  const configuration = { apiVersion: "autoscaling/v1", kind: "Scale", metadata: { name: "d" }, spec: { replicas: 8 } };
  const apply = (force: boolean): JsonRecord =>
    rig.operations.patch(scale(rig), { type: "apply", configuration }, writeOptions({ fieldManager: "s", force }))
      .object;
  assert.equal(statusOf(() => apply(false)).code, 409);
  assert.deepEqual(apply(true)["spec"], { replicas: 8 });
});

test("a Scale that changes nothing, and a dry run, are no writes", () => {
  const rig = withDeployment();
  const { revision } = rig.store;
  rig.merge(scale(rig), { spec: { replicas: 2 } });
  assert.deepEqual(rig.merge(scale(rig), { spec: { replicas: 7 } }, { dryRun: true })["spec"], { replicas: 7 });
  assert.equal(rig.store.revision, revision);
});

test("a custom resource is scaled where its definition says", () => {
  const rig = new ApiOperationsRig();
  const target = rig.target("widgets.example.com", "w", { subresource: "scale" });
  rig.create("widgets.example.com", { name: "w" }, { spec: { size: 2 } });
  const missing = statusOf(() => rig.operations.get(target));
  const message = `the spec replicas field ".spec.replicas" does not exist`;
  assert.deepEqual([missing.code, missing.message], [500, `Internal error occurred: ${message}`]);
  assert.deepEqual(rig.merge(target, { spec: { replicas: 3 } })["spec"], { replicas: 3 });
  rig.merge({ ...target, subresource: "status" }, { status: { replicas: 1, selector: "a=b" } });
  assert.deepEqual(rig.operations.get(target)["status"], { replicas: 1, selector: "a=b" });
  assert.deepEqual(rig.merge(target, { spec: { replicas: 0 } })["spec"], {});
  assert.deepEqual(rig.read(target)?.["spec"], { size: 2, color: "red", replicas: 0 });
});

/** As kube-apiserver 1.37.2 answers them. */
const REFUSALS: readonly (readonly [JsonRecord, number, string])[] = [
  [
    { metadata: { name: "d", resourceVersion: "1" } },
    409,
    `Operation cannot be fulfilled on deployments.apps "d": the object has been modified; please apply your changes to the latest version and try again`,
  ],
  [
    { metadata: { name: "d", uid: "1" } },
    409,
    `Operation cannot be fulfilled on deployments.apps "d": StorageError: invalid object, Code: 4, Key: /registry/deployments/default/d, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: 1, UID in object meta: uid-3`,
  ],
  [{ metadata: { name: "f" } }, 400, "the name of the object (f) does not match the name on the URL (d)"],
  [{ metadata: {} }, 400, "the name of the object (d based on URL) was undeterminable: name must be provided"],
  [
    { metadata: { name: "d", namespace: "x" } },
    400,
    "the namespace of the provided object does not match the namespace sent on the request",
  ],
  [
    { metadata: { name: "d" }, spec: { replicas: -3 } },
    422,
    `Scale.autoscaling "d" is invalid: spec.replicas: Invalid value: -3: must be greater than or equal to 0`,
  ],
  [
    { metadata: { name: "d" }, spec: { replicas: "x" } },
    400,
    `Scale in version "v1" cannot be handled as a Scale: json: cannot unmarshal string into Go struct field ScaleSpec.spec.replicas of type int32`,
  ],
  [
    { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "d" } },
    400,
    `Deployment in version "v1" cannot be handled as a Scale: converting (v1.Deployment) to (autoscaling.Scale): unknown conversion`,
  ],
];

for (const [body, code, message] of REFUSALS) {
  test(`the Scale ${JSON.stringify(body)} is refused in the server's words`, () => {
    const rig = withDeployment();
    const status = statusOf(() => rig.put(scale(rig), body));
    assert.deepEqual([status.code, status.message], [code, message]);
  });
}

test("a custom resource cannot want less than none", () => {
  const rig = new ApiOperationsRig();
  rig.create("widgets.example.com", { name: "w" }, { spec: { size: 2 } });
  const target = rig.target("widgets.example.com", "w", { subresource: "scale" });
  const status = statusOf(() => rig.merge(target, { spec: { replicas: -9 } }));
  const message = `Widget.example.com "w" is invalid: .spec.replicas: Invalid value: -9: should be a non-negative integer`;
  assert.deepEqual([status.code, status.message], [422, message]);
});

function withDeployment(selector: JsonRecord = { matchLabels: { a: "b" } }, labels: JsonRecord = {}): ApiOperationsRig {
  const rig = new ApiOperationsRig();
  const template = { metadata: { labels: { a: "b", ...labels } }, spec: { containers: [{ name: "c", image: "i" }] } };
  rig.create("deployments.apps", { name: "d" }, { spec: { replicas: 2, selector, template } });
  return rig;
}

function scale(rig: ApiOperationsRig): ReturnType<ApiOperationsRig["target"]> {
  return rig.target("deployments.apps", "d", { subresource: "scale" });
}
