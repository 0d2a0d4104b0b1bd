import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonRecord } from "#kernel/json-value.ts";
import type { DeleteOptions } from "#devcluster/operations/api-operations.ts";
import {
  ApiOperationsRig,
  deleteOptions,
  listOptions,
  statusOf,
  writeOptions,
} from "../../../support/api-operations-rig.ts";

test("what nothing holds goes at once, as it was, at the next revision", () => {
  const rig = withConfigMap();
  const watch = rig.watch(rig.target("configmaps"), { resourceVersion: "1003" });
  const result = rig.delete(rig.target("configmaps", "a"));
  assert.deepEqual([result.type, result.object.metadata.deletionTimestamp], ["deleted", undefined]);
  assert.deepEqual(watch.lines, ["DELETED a 1004"]);
  assert.deepEqual(watch.events[0]?.object, result.object);
});

test("what has finalizers is marked, and goes with the last of them", () => {
  const rig = withConfigMap({ finalizers: ["example.com/f"] });
  const target = rig.target("configmaps", "a");
  const { type, object } = rig.delete(target);
  const { deletionTimestamp, deletionGracePeriodSeconds, resourceVersion } = object.metadata;
  assert.deepEqual([type, deletionTimestamp, deletionGracePeriodSeconds], ["terminating", "2026-01-01T00:00:00Z", 0]);
  assert.deepEqual(rig.delete(target).object.metadata.resourceVersion, resourceVersion);
  rig.put(target, { metadata: { name: "a" } });
  assert.equal(rig.read(target), undefined);
});

test("what is deleted stays changeable as long as it is there", () => {
  const rig = withConfigMap({ finalizers: ["example.com/f"] });
  rig.delete(rig.target("configmaps", "a"));
  const { metadata, data } = rig.merge(rig.target("configmaps", "a"), { data: { k: "later" } });
  assert.deepEqual([metadata.deletionTimestamp, data], ["2026-01-01T00:00:00Z", { k: "later" }]);
});

test("a deletion is a generation of its own", () => {
  const rig = new ApiOperationsRig();
  rig.create("widgets.example.com", { name: "w", finalizers: ["example.com/f"] }, { spec: { size: 2 } });
  assert.equal(rig.delete(rig.target("widgets.example.com", "w")).object.metadata.generation, 2);
});

/** Finalizers before, policy, finalizers after; none: it is gone. */
const PROPAGATION: readonly (readonly [readonly string[], DeleteOptions["propagationPolicy"], readonly string[]])[] = [
  [[], undefined, []],
  [[], "Background", []],
  [[], "Foreground", ["foregroundDeletion"]],
  [[], "Orphan", ["orphan"]],
  [["orphan"], "Background", []],
  [["orphan"], "Foreground", ["foregroundDeletion"]],
  [["orphan"], undefined, ["orphan"]],
  [["x.io/f"], "Foreground", ["x.io/f", "foregroundDeletion"]],
];

for (const [finalizers, propagationPolicy, after] of PROPAGATION) {
  test(`a ${propagationPolicy ?? "plain"} deletion of what has [${finalizers.join()}] leaves [${after.join()}]`, () => {
    const rig = withConfigMap({ finalizers });
    const target = rig.target("configmaps", "a");
    rig.delete(target, { propagationPolicy });
    assert.deepEqual(rig.read(target)?.metadata.finalizers ?? [], after);
  });
}

test("a second deletion can change what becomes of dependants", () => {
  const rig = withConfigMap();
  const target = rig.target("configmaps", "a");
  rig.delete(target, { propagationPolicy: "Foreground" });
  assert.deepEqual(rig.delete(target, { propagationPolicy: "Orphan" }).object.metadata.finalizers, ["orphan"]);
  assert.equal(rig.delete(target, { propagationPolicy: "Background" }).type, "deleted");
});

test("a Job lets its dependants go unless it is told otherwise", () => {
  const rig = new ApiOperationsRig();
  const template = { spec: { restartPolicy: "Never", containers: [{ name: "c", image: "i" }] } };
  for (const name of ["a", "b"]) rig.create("jobs.batch", { name }, { spec: { template } });
  assert.deepEqual(rig.delete(rig.target("jobs.batch", "a")).object.metadata.finalizers, ["orphan"]);
  assert.equal(rig.delete(rig.target("jobs.batch", "b"), { propagationPolicy: "Background" }).type, "deleted");
});

test("a pod on a node gets its time, and less with each further deletion", () => {
  const rig = withPod({ nodeName: "n" });
  const graces = [undefined, 60, 10, 20, -1].map((gracePeriodSeconds) => {
    const { metadata } = rig.delete(rig.target("pods", "p"), { gracePeriodSeconds }).object;
    return [metadata.deletionGracePeriodSeconds, metadata.deletionTimestamp];
  });
  assert.deepEqual(graces, [
    [30, "2026-01-01T00:00:30Z"],
    [30, "2026-01-01T00:00:30Z"],
    [10, "2026-01-01T00:00:10Z"],
    [10, "2026-01-01T00:00:10Z"],
    [1, "2026-01-01T00:00:01Z"],
  ]);
  assert.equal(rig.delete(rig.target("pods", "p"), { gracePeriodSeconds: 0 }).type, "deleted");
});

for (const [why, spec, status] of [
  ["is on no node", {}, {}],
  ["has succeeded", { nodeName: "n" }, { phase: "Succeeded" }],
  ["has failed", { nodeName: "n" }, { phase: "Failed" }],
] as const) {
  test(`a pod that ${why} goes at once, seen with its deletionTimestamp before`, () => {
    const rig = withPod(spec);
    if (Object.keys(status).length > 0) rig.merge(rig.target("pods", "p", { subresource: "status" }), { status });
    const watch = rig.watch(rig.target("pods"), { resourceVersion: String(rig.store.revision) });
    const result = rig.delete(rig.target("pods", "p"));
    assert.deepEqual([result.type, result.type === "deleted" && result.answersWithObject], ["deleted", true]);
    assert.deepEqual(
      watch.events.map(({ type, object }) => [
        type,
        (object as { metadata: JsonRecord }).metadata["deletionTimestamp"],
      ]),
      [
        ["MODIFIED", "2026-01-01T00:00:00Z"],
        ["DELETED", "2026-01-01T00:00:00Z"],
      ],
    );
  });
}

test("kinds that say so are answered with, others with a Status", () => {
  const rig = withConfigMap();
  rig.create("serviceaccounts", { name: "sa" });
  const answers = [rig.target("configmaps", "a"), rig.target("serviceaccounts", "sa")].map((target) => {
    const result = rig.delete(target);
    return result.type === "deleted" && result.answersWithObject;
  });
  assert.deepEqual(answers, [false, true]);
});

test("a dry run deletes nothing", () => {
  const rig = withPod({ nodeName: "n" });
  rig.create("configmaps", { name: "a" });
  const { revision } = rig.store;
  assert.equal(rig.delete(rig.target("configmaps", "a"), { dryRun: true }).type, "deleted");
  assert.equal(rig.delete(rig.target("pods", "p"), { dryRun: true }).object.metadata.generation, 2);
  assert.equal(rig.store.revision, revision);
});

test("preconditions name the kind in the server's words", () => {
  const rig = withConfigMap();
  rig.create("widgets.example.com", { name: "w" }, { spec: { size: 2 } });
  const refusal = (resource: string, name: string, preconditions: DeleteOptions["preconditions"]): unknown => {
    const { code, message, details } = statusOf(() => rig.delete(rig.target(resource, name), { preconditions }));
    return [code, message, details];
  };
  assert.deepEqual(refusal("configmaps", "a", { uid: "x" }), [
    409,
    `Operation cannot be fulfilled on ConfigMap "a": the UID in the precondition (x) does not match the UID in record (uid-3). The object might have been deleted and then recreated`,
    { name: "a", kind: "ConfigMap" },
  ]);
  assert.deepEqual(refusal("widgets.example.com", "w", { resourceVersion: "x" }), [
    409,
    `Operation cannot be fulfilled on Widget.example.com "w": the ResourceVersion in the precondition (x) does not match the ResourceVersion in record (1004). The object might have been modified`,
    { name: "w", group: "example.com", kind: "Widget" },
  ]);
  assert.deepEqual(refusal("namespaces", "other", { uid: "x" }), [
    409,
    `Operation cannot be fulfilled on namespaces "other": Precondition failed: UID in precondition: x, UID in object meta: uid-2`,
    { name: "other", kind: "namespaces" },
  ]);
  assert.equal(
    rig.delete(rig.target("configmaps", "a"), { preconditions: { uid: "uid-3", resourceVersion: "1003" } }).type,
    "deleted",
  );
});

test("a namespace stays until its last finalizer is gone, whatever the policy", () => {
  const rig = new ApiOperationsRig();
  const target = rig.target("namespaces", "other");
  const { object } = rig.delete(target, { propagationPolicy: "Foreground" });
  assert.deepEqual([object["status"], object.metadata.finalizers], [{ phase: "Terminating" }, undefined]);
  const finalize = { ...target, subresource: "finalize" };
  rig.operations.update(
    finalize,
    { metadata: { name: "other" }, spec: { finalizers: ["kubernetes", "a.b/c"] } },
    writeOptions(),
  );
  assert.notEqual(rig.read(target), undefined);
  rig.operations.update(finalize, { metadata: { name: "other" }, spec: {} }, writeOptions());
  assert.equal(rig.read(target), undefined);
});

test("what is not there is not deleted", () => {
  const rig = new ApiOperationsRig();
  assert.equal(statusOf(() => rig.delete(rig.target("configmaps", "a"))).code, 404);
});

test("a collection is deleted as far as it is selected, and shown as it was", () => {
  const rig = new ApiOperationsRig();
  rig.create("configmaps", { name: "a", labels: { x: "1" } });
  rig.create("configmaps", { name: "b", labels: { x: "1" }, finalizers: ["a.b/c"] });
  rig.create("configmaps", { name: "c" });
  const target = rig.target("configmaps");
  const selection = listOptions({ labelSelector: "x=1" });
  const list = rig.operations.deleteCollection(target, selection, deleteOptions());
  assert.deepEqual(
    list.items.map(({ metadata }) => [metadata.name, metadata.deletionTimestamp]),
    [
      ["a", undefined],
      ["b", undefined],
    ],
  );
  const left = rig.operations.list(target, listOptions()).items;
  assert.deepEqual(
    left.map(({ metadata }) => [metadata.name, metadata.deletionTimestamp]),
    [
      ["b", "2026-01-01T00:00:00Z"],
      ["c", undefined],
    ],
  );
});

function withConfigMap(metadata: JsonRecord = {}): ApiOperationsRig {
  const rig = new ApiOperationsRig();
  rig.create("configmaps", { name: "a", ...metadata }, { data: { k: "v" } });
  return rig;
}

function withPod(spec: JsonRecord): ApiOperationsRig {
  const rig = new ApiOperationsRig();
  rig.create("pods", { name: "p" }, { spec: { containers: [{ name: "c", image: "i" }], ...spec } });
  return rig;
}
