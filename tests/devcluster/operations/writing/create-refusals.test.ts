import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonRecord } from "#kernel/json-value.ts";
import { ApiOperationsRig, statusOf, writeOptions } from "../../../support/api-operations-rig.ts";

/** As kube-apiserver 1.37.2 answers them: resource, body, code, message. */
const REFUSALS: readonly (readonly [string, JsonRecord, number, string])[] = [
  [
    "configmaps",
    { apiVersion: "v1", kind: "Secret", metadata: { name: "b" } },
    400,
    `Secret in version "v1" cannot be handled as a ConfigMap: converting (v1.Secret) to (core.ConfigMap): unknown conversion`,
  ],
  [
    "configmaps",
    { apiVersion: "apps/v1", kind: "ConfigMap", metadata: { name: "b" } },
    400,
    `ConfigMap in version "v1" cannot be handled as a ConfigMap: no kind "ConfigMap" is registered for version "apps/v1" in scheme "pkg/runtime/scheme.go:111"`,
  ],
  [
    "configmaps",
    { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "b" } },
    400,
    `Deployment in version "v1" cannot be handled as a ConfigMap: converting (v1.Deployment) to (core.ConfigMap): unknown conversion`,
  ],
  [
    "configmaps",
    { kind: "Foo", metadata: { name: "b" } },
    400,
    `Foo in version "v1" cannot be handled as a ConfigMap: no kind "Foo" is registered for version "v1" in scheme "pkg/runtime/scheme.go:111"`,
  ],
  [
    "horizontalpodautoscalers.autoscaling",
    { kind: "HorizontalPodAutoscaler", apiVersion: "autoscaling/v1", metadata: { name: "h" } },
    400,
    "the API version in the data (autoscaling/v1) does not match the expected API version (autoscaling/v2)",
  ],
  ["configmaps", {}, 422, `ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required`],
  [
    "configmaps",
    { metadata: { name: "b", namespace: "other" } },
    400,
    "the namespace of the provided object does not match the namespace sent on the request",
  ],
  [
    "configmaps",
    { metadata: { name: "b", resourceVersion: "12" } },
    500,
    "resourceVersion should not be set on objects to be created",
  ],
  ["configmaps", { metadata: { name: "taken" } }, 409, `configmaps "taken" already exists`],
  ["configmaps", { metadata: { name: "ending" } }, 409, `object is being deleted: configmaps "ending" already exists`],
  [
    "configmaps",
    { metadata: { name: "b" }, data: { k: true } },
    400,
    `ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal bool into Go struct field ConfigMap.data of type string`,
  ],
  [
    "widgets.example.com",
    { kind: "Widget", apiVersion: "example.com/v2", metadata: { name: "w" } },
    400,
    "the API version in the data (example.com/v2) does not match the expected API version (example.com/v1)",
  ],
  [
    "widgets.example.com",
    { kind: "Foo", apiVersion: "example.com/v1", metadata: { name: "w" } },
    422,
    `Foo.example.com "w" is invalid: kind: Invalid value: "Foo": must be Widget`,
  ],
  [
    "widgets.example.com",
    { kind: "Widget", apiVersion: "example.com/v1", metadata: { name: "w", labels: { a: 1 } } },
    400,
    `Widget in version "v1" cannot be handled as a Widget: json: cannot unmarshal number into Go struct field ObjectMeta.labels of type string`,
  ],
  [
    "widgets.example.com",
    { kind: "Widget", apiVersion: "example.com/v1", metadata: { name: "w" }, spec: { size: 77 } },
    422,
    `Widget.example.com "w" is invalid: spec.size: Invalid value: 77: spec.size in body should be less than or equal to 9`,
  ],
];

for (const [resource, body, code, message] of REFUSALS) {
  test(`creating ${JSON.stringify(body)} among ${resource} is refused in the server's words`, () => {
    const rig = new ApiOperationsRig();
    rig.create("configmaps", { name: "taken" });
    rig.create("configmaps", { name: "ending", finalizers: ["example.com/f"] });
    rig.delete(rig.target("configmaps", "ending"));
    const status = statusOf(() => rig.operations.create(rig.target(resource), body, writeOptions()));
    assert.deepEqual([status.code, status.message], [code, message]);
  });
}

test("strict field validation refuses what nobody knows", () => {
  const rig = new ApiOperationsRig();
  const body = { metadata: { name: "b" }, x: 1, immutabel: true };
  const create = (): unknown =>
    rig.operations.create(rig.target("configmaps"), body, writeOptions({ fieldValidation: "Strict" }));
  const message = `ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "x", unknown field "immutabel"`;
  assert.deepEqual([statusOf(create).code, statusOf(create).message], [400, message]);
});

test("details name the object, and nothing where it has no name", () => {
  const rig = new ApiOperationsRig();
  const create = (body: JsonRecord): unknown => rig.operations.create(rig.target("configmaps"), body, writeOptions());
  create({ metadata: { name: "taken" } });
  assert.deepEqual(statusOf(() => create({ metadata: { name: "taken" } })).details, {
    name: "taken",
    kind: "configmaps",
  });
  assert.deepEqual(statusOf(() => create({})).details, {
    kind: "ConfigMap",
    causes: [
      {
        reason: "FieldValueRequired",
        message: "Required value: name or generateName is required",
        field: "metadata.name",
      },
    ],
  });
});

test("there are no objects without their namespace", () => {
  const rig = new ApiOperationsRig();
  const target = rig.target("configmaps", "", { namespace: "nope" });
  const status = statusOf(() => rig.operations.create(target, { metadata: { name: "a" } }, writeOptions()));
  assert.deepEqual([status.code, status.message], [404, `namespaces "nope" not found`]);
  assert.deepEqual(status.details, { name: "nope", kind: "namespaces" });
});

for (const [metadata, name] of [
  [{ name: "q" }, "q"],
  [{ generateName: "g-" }, "g-"],
  [{}, "Unknown"],
] as const) {
  test(`a namespace that ends takes nothing new: ${JSON.stringify(metadata)}`, () => {
    const rig = new ApiOperationsRig();
    rig.delete(rig.target("namespaces", "other"));
    const target = rig.target("configmaps", "", { namespace: "other" });
    const status = statusOf(() => rig.operations.create(target, { metadata }, writeOptions()));
    const why = "unable to create new content in namespace other because it is being terminated";
    assert.deepEqual(
      [status.code, status.reason, status.message],
      [403, "Forbidden", `configmaps "${name}" is forbidden: ${why}`],
    );
    assert.deepEqual(status.details?.causes, [
      { reason: "NamespaceTerminating", message: "namespace other is being terminated", field: "metadata.namespace" },
    ]);
  });
}
