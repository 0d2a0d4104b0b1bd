import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonRecord } from "#kernel/json-value.ts";
import { ApiOperationsRig, writeOptions } from "../../../support/api-operations-rig.ts";

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

function widget(name: string): JsonRecord {
  return { apiVersion: "example.com/v1", kind: "Widget", metadata: { name }, spec: { size: 2 } };
}
