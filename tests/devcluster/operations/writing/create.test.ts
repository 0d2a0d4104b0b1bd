import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonRecord } from "#kernel/json-value.ts";
import { ApiOperationsRig, statusOf, writeOptions } from "../../../support/api-operations-rig.ts";

test("a new object gets what the server gives each", () => {
  const rig = new ApiOperationsRig();
  const created = rig.create("configmaps", { name: "a" }, { data: { k: "v" } });
  assert.deepEqual(created, {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name: "a",
      namespace: "default",
      uid: created.metadata.uid,
      resourceVersion: String(rig.store.revision),
      creationTimestamp: "2026-01-01T00:00:00Z",
      managedFields: [
        {
          manager: "test",
          operation: "Update",
          apiVersion: "v1",
          time: "2026-01-01T00:00:00Z",
          fieldsType: "FieldsV1",
          fieldsV1: { "f:data": { ".": {}, "f:k": {} } },
        },
      ],
    },
    data: { k: "v" },
  });
});

test("what only the server may say of a new object is passed over", () => {
  const rig = new ApiOperationsRig();
  const { metadata } = rig.create("configmaps", {
    name: "a",
    uid: "mine",
    resourceVersion: "0",
    creationTimestamp: "2020-01-01T00:00:00Z",
    deletionTimestamp: "2020-01-01T00:00:00Z",
    deletionGracePeriodSeconds: 5,
    selfLink: "x",
    generation: 7,
  });
  assert.match(metadata.uid ?? "", /^uid-/);
  assert.equal(metadata.creationTimestamp, "2026-01-01T00:00:00Z");
  assert.deepEqual(
    [metadata.deletionTimestamp, metadata.deletionGracePeriodSeconds, metadata["selfLink"], metadata.generation],
    [undefined, undefined, undefined, 7],
  );
});

test("a new object of a kind with a generation is of the first", () => {
  const rig = new ApiOperationsRig();
  const target = rig.target("widgets.example.com");
  assert.equal(rig.operations.create(target, widget("w"), writeOptions()).object.metadata.generation, 1);
  assert.equal(rig.create("configmaps", { name: "a" }).metadata.generation, undefined);
});

test("a status is not created with its object where it has an endpoint of its own", () => {
  const rig = new ApiOperationsRig();
  const status = { phase: "x" };
  const create = (resource: string, body: JsonRecord): unknown =>
    rig.operations.create(rig.target(resource), { ...body, status }, writeOptions()).object["status"];
  assert.equal(create("widgets.example.com", widget("w")), undefined);
  assert.deepEqual(create("plains.example.com", { metadata: { name: "p" } }), status);
});

test("defaults are filled in and unknown fields are warned of", () => {
  const rig = new ApiOperationsRig();
  const body = { ...widget("w"), metadata: { name: "w", foo: 1 }, spec: { size: 2, bogus: 1 } };
  const { object, warnings } = rig.operations.create(rig.target("widgets.example.com"), body, writeOptions());
  assert.deepEqual(object["spec"], { size: 2, color: "red" });
  assert.deepEqual(warnings, [`unknown field "metadata.foo"`, `unknown field "spec.bogus"`]);
});

test("a generateName is completed", () => {
  const rig = new ApiOperationsRig();
  const { name } = rig.create("configmaps", { generateName: "gen-" }).metadata;
  assert.match(name, /^gen-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
});

test("a name that was drawn before is drawn again", () => {
  const rig = new ApiOperationsRig();
  const names = Array.from({ length: 300 }, () => rig.create("configmaps", { generateName: "g" }).metadata.name);
  assert.equal(new Set(names).size, 300);
});

test("a dry run creates nothing", () => {
  const rig = new ApiOperationsRig();
  const { revision } = rig.store;
  const target = rig.target("configmaps");
  const { object, created } = rig.operations.create(
    target,
    { metadata: { name: "a" } },
    writeOptions({ dryRun: true }),
  );
  assert.deepEqual([object.metadata.resourceVersion, created], [undefined, true]);
  assert.deepEqual([rig.store.revision, rig.read(rig.target("configmaps", "a"))], [revision, undefined]);
});

test("without a manager, nobody owns fields", () => {
  const rig = new ApiOperationsRig();
  const body = { metadata: { name: "a" }, data: { k: "v" } };
  const { object } = rig.operations.create(rig.target("configmaps"), body, writeOptions({ fieldManager: "" }));
  assert.equal(object.metadata.managedFields, undefined);
});

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

function widget(name: string): JsonRecord {
  return { apiVersion: "example.com/v1", kind: "Widget", metadata: { name }, spec: { size: 2 } };
}
