import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonRecord } from "#kernel/json-value.ts";
import { ApiOperationsRig, deleteOptions, writeOptions } from "../../../support/api-operations-rig.ts";

test("an update replaces the object and is the next revision", () => {
  const rig = withConfigMap();
  const updated = rig.put(rig.target("configmaps", "a"), { metadata: { name: "a", labels: { l: "1" } } });
  assert.equal(updated.metadata.resourceVersion, "1004");
  assert.deepEqual([updated.metadata.labels, updated["data"]], [{ l: "1" }, undefined]);
});

test("an update that changes nothing is none", () => {
  const rig = withConfigMap();
  const watch = rig.watch(rig.target("configmaps"), { resourceVersion: "1003" });
  const before = rig.read(rig.target("configmaps", "a"));
  for (const resourceVersion of [undefined, "", "0", "1003"])
    assert.equal(
      rig.put(rig.target("configmaps", "a"), { metadata: { name: "a", resourceVersion }, data: { k: "v" } }),
      before,
    );
  assert.deepEqual([rig.store.revision, watch.lines], [1003, []]);
});

test("a dry run shows what would be and changes nothing", () => {
  const rig = withConfigMap();
  const target = rig.target("configmaps", "a");
  const shown = rig.put(target, { metadata: { name: "a" }, data: { k: "w" } }, { dryRun: true });
  assert.deepEqual([shown["data"], shown.metadata.resourceVersion], [{ k: "w" }, "1003"]);
  assert.deepEqual([rig.read(target)?.["data"], rig.store.revision], [{ k: "v" }, 1003]);
});

test("an update cannot change what only the server sets", () => {
  const rig = withConfigMap();
  const target = rig.target("configmaps", "a");
  const before = rig.read(target)?.metadata;
  const { metadata } = rig.put(target, {
    metadata: { name: "a", creationTimestamp: "2020-01-01T00:00:00Z", generation: 9, selfLink: "x", generateName: "g" },
  });
  assert.deepEqual([metadata.uid, metadata.creationTimestamp], [before?.uid, before?.creationTimestamp]);
  assert.deepEqual([metadata.generation, metadata["selfLink"], metadata.generateName], [undefined, undefined, "g"]);
});

for (const resource of ["leases.coordination.k8s.io", "services", "roles.rbac.authorization.k8s.io"]) {
  test(`a PUT of ${resource} that do not exist creates them`, () => {
    const rig = new ApiOperationsRig();
    const body = { metadata: { name: "new" }, ...(resource === "services" && { spec: { ports: [{ port: 80 }] } }) };
    const result = rig.operations.update(rig.target(resource, "new"), body, writeOptions());
    assert.deepEqual([result.created, result.object.metadata.uid !== undefined], [true, true]);
  });
}

test("the generation counts changes of what is wanted, not of status or metadata", () => {
  const rig = new ApiOperationsRig();
  rig.create("widgets.example.com", { name: "w" }, widget("w"));
  const generation = (subresource: string, patch: JsonRecord): unknown =>
    rig.merge(rig.target("widgets.example.com", "w", { subresource }), patch).metadata.generation;
  assert.equal(generation("", { spec: { size: 3 } }), 2);
  assert.equal(generation("", { spec: { size: 3 } }), 2);
  assert.equal(generation("", { metadata: { labels: { l: "1" }, generation: 9 } }), 2);
  assert.equal(generation("status", { status: { phase: "x" } }), 2);
  assert.equal(generation("", { spec: { size: 4 } }), 3);
});

test("without a status subresource, the status of a custom resource is wanted like the rest", () => {
  const rig = new ApiOperationsRig();
  rig.create("plains.example.com", { name: "p" });
  assert.equal(rig.merge(rig.target("plains.example.com", "p"), { status: { x: 1 } }).metadata.generation, 2);
});

test("the annotations of Deployments count, unless they come with a status", () => {
  const rig = new ApiOperationsRig();
  rig.create("deployments.apps", { name: "d" }, deployment());
  const annotate = (subresource: string, value: string): unknown =>
    rig.merge(rig.target("deployments.apps", "d", { subresource }), { metadata: { annotations: { a: value } } })
      .metadata.generation;
  assert.deepEqual([annotate("", "1"), annotate("status", "2")], [2, 2]);
});

test("the object itself is written without its status, the status without the rest", () => {
  const rig = new ApiOperationsRig();
  rig.create("widgets.example.com", { name: "w" }, widget("w"));
  const both = { spec: { size: 5 }, status: { phase: "x" }, metadata: { labels: { l: "1" }, finalizers: ["a.io/b"] } };
  const target = rig.target("widgets.example.com", "w");
  const reported = rig.merge({ ...target, subresource: "status" }, both);
  assert.deepEqual([reported["spec"], reported["status"]], [{ size: 2, color: "red" }, { phase: "x" }]);
  assert.deepEqual([reported.metadata.labels, reported.metadata.finalizers], [undefined, undefined]);
  const written = rig.merge(target, { ...both, status: { phase: "y" } });
  assert.deepEqual([written["spec"], written["status"]], [{ size: 5, color: "red" }, { phase: "x" }]);
  assert.deepEqual(written.metadata.labels, { l: "1" });
});

for (const [resource, taken] of [
  ["deployments.apps", ["annotations", "finalizers", "ownerReferences"]],
  ["pods", ["labels", "annotations", "finalizers"]],
  ["replicasets.apps", ["labels", "annotations", "finalizers", "ownerReferences"]],
  ["resourceclaims.resource.k8s.io", []],
] as const) {
  test(`the status endpoint of ${resource} takes of the metadata: ${taken.join(", ") || "nothing"}`, () => {
    const rig = new ApiOperationsRig();
    const spec = resource === "pods" ? { spec: { containers: [{ name: "c", image: "i" }] } } : deployment();
    rig.create(resource, { name: "x" }, resource.startsWith("resourceclaims") ? { spec: {} } : spec);
    const { metadata } = rig.merge(rig.target(resource, "x", { subresource: "status" }), {
      metadata: {
        labels: { n: "1" },
        annotations: { n: "1" },
        finalizers: ["a.b/c"],
        ownerReferences: [{ apiVersion: "v1", kind: "X", name: "x", uid: "x" }],
      },
    });
    const members = ["labels", "annotations", "finalizers", "ownerReferences"] as const;
    assert.deepEqual(
      members.filter((member) => metadata[member] !== undefined),
      taken,
    );
  });
}

test("each endpoint is a manager of its own", () => {
  const rig = new ApiOperationsRig();
  rig.create("widgets.example.com", { name: "w" }, widget("w"));
  rig.merge(rig.target("widgets.example.com", "w", { subresource: "status" }), { status: { phase: "x" } });
  const fields = rig
    .read(rig.target("widgets.example.com", "w"))
    ?.metadata.managedFields?.map(({ subresource, fieldsV1 }) => [subresource, fieldsV1]);
  assert.deepEqual(fields, [
    [undefined, { "f:spec": { ".": {}, "f:color": {}, "f:size": {} } }],
    ["status", { "f:status": { ".": {}, "f:phase": {} } }],
  ]);
});

test("an empty list of owners ends their bookkeeping, also for writes to come", () => {
  const rig = new ApiOperationsRig();
  const target = rig.target("configmaps", "a");
  const ownersOf = (): unknown => rig.read(target)?.metadata.managedFields;
  for (const reset of [
    () => rig.merge(target, { metadata: { managedFields: [] } }),
    () =>
      rig.operations.update(target, { metadata: { name: "a", managedFields: [] }, data: { k: "2" } }, writeOptions()),
  ]) {
    rig.create("configmaps", { name: "a" }, { data: { k: "1" } });
    assert.ok(ownersOf());
    reset();
    assert.equal(ownersOf(), undefined);
    rig.merge(target, { data: { k: "3" } });
    assert.equal(ownersOf(), undefined);
    rig.operations.delete(target, deleteOptions());
  }
});

test("an object is stored in one version and served in all", () => {
  const rig = new ApiOperationsRig();
  rig.create("plains.example.com", { name: "p" }, { spec: { a: 1 } });
  const resource = rig.registry.find({ group: "example.com", version: "v2", plural: "plains" });
  assert.ok(resource);
  const target = { ...rig.target("plains.example.com", "p"), resource };
  assert.equal(rig.operations.get(target).apiVersion, "example.com/v2");
  const { revision } = rig.store;
  rig.merge(target, { spec: { a: 1 } });
  assert.equal(rig.store.revision, revision);
  assert.equal(rig.merge(target, { spec: { b: 2 } }).apiVersion, "example.com/v2");
  assert.deepEqual(rig.operations.get(rig.target("plains.example.com", "p"))["spec"], { a: 1, b: 2 });
});

function withConfigMap(metadata: JsonRecord = {}): ApiOperationsRig {
  const rig = new ApiOperationsRig();
  rig.create("configmaps", { name: "a", ...metadata }, { data: { k: "v" } });
  return rig;
}

function widget(name: string): JsonRecord {
  return { apiVersion: "example.com/v1", kind: "Widget", metadata: { name }, spec: { size: 2 } };
}

function deployment(): JsonRecord {
  const template = { metadata: { labels: { a: "b" } }, spec: { containers: [{ name: "c", image: "i" }] } };
  return { spec: { selector: { matchLabels: { a: "b" } }, template } };
}
