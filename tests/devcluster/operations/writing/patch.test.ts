import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonRecord } from "#kernel/json-value.ts";
import type { Patch, WriteOptions, WriteResult } from "#devcluster/operations/api-operations.ts";
import { ApiOperationsRig, statusOf, writeOptions } from "../../../support/api-operations-rig.ts";

test("each kind of patch changes the object", () => {
  const rig = withConfigMap();
  const data = (change: Patch): unknown => patch(rig, change).object["data"];
  assert.deepEqual(data({ type: "merge", patch: { data: { b: "2" } } }), { k: "v", b: "2" });
  assert.deepEqual(data({ type: "strategic", patch: { data: { b: null } } }), { k: "v" });
  assert.deepEqual(data({ type: "json", operations: [{ op: "replace", path: "/data/k", value: "w" }] }), { k: "w" });
});

test("a patch that changes nothing is no write", () => {
  const rig = withConfigMap();
  const { revision } = rig.store;
  const nothing: JsonRecord[] = [
    { data: { k: "v" } },
    { kind: null },
    { metadata: { uid: null, resourceVersion: null, creationTimestamp: null, namespace: null } },
    { metadata: { resourceVersion: "", generation: 5, selfLink: "x" } },
    { bogus: 1 },
  ];
  for (const change of nothing) {
    const { metadata } = patch(rig, { type: "merge", patch: change }).object;
    assert.equal(metadata.resourceVersion, String(revision), JSON.stringify(change));
  }
});

test("a patch without a resourceVersion is of whatever is there, with one of that state only", () => {
  const rig = withConfigMap();
  const { resourceVersion } = patch(rig, { type: "merge", patch: { data: { b: "2" } } }).object.metadata;
  patch(rig, { type: "merge", patch: { metadata: { resourceVersion }, data: { c: "3" } } });
  const status = statusOf(() =>
    patch(rig, { type: "merge", patch: { metadata: { resourceVersion }, data: { d: "4" } } }),
  );
  assert.deepEqual([status.code, status.reason], [409, "Conflict"]);
});

test("a dry run of a patch changes nothing", () => {
  const rig = withConfigMap();
  const { object } = patch(rig, { type: "merge", patch: { data: { k: "w" } } }, { dryRun: true });
  assert.deepEqual(object["data"], { k: "w" });
  assert.deepEqual(rig.read(rig.target("configmaps", "a"))?.["data"], { k: "v" });
});

test("a patch that takes the last finalizer from what is being deleted ends it", () => {
  const rig = withConfigMap({ finalizers: ["example.com/f"] });
  const target = rig.target("configmaps", "a");
  rig.delete(target);
  const watch = rig.watch(target, { resourceVersion: String(rig.store.revision) });
  const { object } = patch(rig, { type: "merge", patch: { metadata: { finalizers: null } } });
  assert.equal(rig.read(target), undefined);
  assert.equal(object.metadata.resourceVersion, String(rig.store.revision - 1));
  assert.deepEqual(watch.lines, [`DELETED a ${rig.store.revision}`]);
});

test("unknown fields of a patch are warned of, or refused where they are asked for", () => {
  const rig = withConfigMap();
  const change: Patch = { type: "strategic", patch: { bogus: 1 } };
  assert.deepEqual(patch(rig, change).warnings, [`unknown field "bogus"`]);
  assert.deepEqual(patch(rig, change, { fieldValidation: "Ignore" }).warnings, []);
  const status = statusOf(() => patch(rig, change, { fieldValidation: "Strict" }));
  const message = `Invalid value: "map[bogus:1]": strict decoding error: unknown field "bogus"`;
  assert.deepEqual([status.code, status.message], [422, ` "" is invalid: patch: ${message}`]);
  assert.deepEqual(status.details, { causes: [{ reason: "FieldValueInvalid", message, field: "patch" }] });
});

test("a patch that makes another type of a field is refused with what it makes", () => {
  const rig = withConfigMap({}, "");
  const status = statusOf(() => patch(rig, { type: "merge", patch: { data: { k: true } } }));
  assert.equal(status.code, 422);
  assert.match(
    status.message ?? "",
    /^ "" is invalid: patch: Invalid value: "\{\\"apiVersion\\":\\"v1\\",\\"data\\":\{\\"k\\":true\},/,
  );
  assert.match(
    status.message ?? "",
    /: json: cannot unmarshal bool into Go struct field ConfigMap\.data of type string$/,
  );
});

/** As kube-apiserver 1.37.2 answers them. */
const REFUSALS: readonly (readonly [JsonRecord, number, string])[] = [
  [{ metadata: { uid: "1" } }, 422, `ConfigMap "a" is invalid: metadata.uid: Invalid value: "1": field is immutable`],
  [{ metadata: { name: "b" } }, 400, "the name of the object (b) does not match the name on the URL (a)"],
  [
    { metadata: { name: null } },
    400,
    "the name of the object (a based on URL) was undeterminable: name must be provided",
  ],
  [{ metadata: null }, 400, "the name of the object (a based on URL) was undeterminable: name must be provided"],
  [
    { metadata: { namespace: "b" } },
    400,
    "the namespace of the provided object does not match the namespace sent on the request",
  ],
];

for (const [change, code, message] of REFUSALS) {
  test(`the merge patch ${JSON.stringify(change)} is refused in the server's words`, () => {
    const status = statusOf(() => patch(withConfigMap(), { type: "merge", patch: change }));
    assert.deepEqual([status.code, status.message], [code, message]);
  });
}

test("a patch cannot make another kind of a custom resource, nor break its schema", () => {
  const rig = new ApiOperationsRig();
  const target = rig.target("widgets.example.com", "w");
  rig.create("widgets.example.com", { name: "w" }, { spec: { size: 2 } });
  const messages = [{ kind: "z" }, { apiVersion: "z/v1" }, { spec: { size: 77 } }].map(
    (change) => statusOf(() => rig.merge(target, change)).message,
  );
  assert.deepEqual(messages, [
    `z.example.com "w" is invalid: kind: Invalid value: "z": must be Widget`,
    `Widget.z "w" is invalid: apiVersion: Invalid value: "z/v1": must be example.com/v1`,
    `Widget.example.com "w" is invalid: spec.size: Invalid value: 77: spec.size in body should be less than or equal to 9`,
  ]);
  const strategic = (): unknown => rig.operations.patch(target, { type: "strategic", patch: {} }, writeOptions());
  assert.equal(statusOf(strategic).code, 415);
});

test("what does not exist is not patched", () => {
  const rig = new ApiOperationsRig();
  const status = statusOf(() => rig.merge(rig.target("configmaps", "a", { namespace: "nope" }), {}));
  assert.deepEqual([status.code, status.message], [404, `configmaps "a" not found`]);
});

test("an apply creates what does not exist, and is no write the second time", () => {
  const rig = new ApiOperationsRig();
  const configuration = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: { k: "v" } };
  const first = patch(rig, { type: "apply", configuration });
  const second = patch(rig, { type: "apply", configuration });
  assert.deepEqual([first.created, second.created], [true, false]);
  assert.equal(second.object, first.object);
  assert.deepEqual(
    first.object.metadata.managedFields?.map(({ manager, operation }) => [manager, operation]),
    [["test", "Apply"]],
  );
});

test("a dry run of an apply creates nothing", () => {
  const rig = new ApiOperationsRig();
  const configuration = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } };
  assert.equal(patch(rig, { type: "apply", configuration }, { dryRun: true }).created, true);
  assert.equal(rig.read(rig.target("configmaps", "a")), undefined);
});

test("an apply takes fields of others only by force", () => {
  const rig = withConfigMap();
  const configuration = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: { k: "w" } };
  const apply = (force: boolean): WriteResult =>
    patch(rig, { type: "apply", configuration }, { fieldManager: "other", force });
  const status = statusOf(() => apply(false));
  assert.deepEqual(
    [status.code, status.message],
    [409, `Apply failed with 1 conflict: conflict with "test" using v1: .data.k`],
  );
  assert.deepEqual(apply(true).object["data"], { k: "w" });
});

test("an apply through the status endpoint writes and owns the status only", () => {
  const rig = new ApiOperationsRig();
  rig.create("widgets.example.com", { name: "w" }, { spec: { size: 2 } });
  const configuration = {
    apiVersion: "example.com/v1",
    kind: "Widget",
    metadata: { name: "w", labels: { a: "b" } },
    spec: { size: 5 },
    status: { phase: "x" },
  };
  const target = rig.target("widgets.example.com", "w", { subresource: "status" });
  const { object } = rig.operations.patch(
    target,
    { type: "apply", configuration },
    writeOptions({ fieldManager: "st" }),
  );
  assert.deepEqual([object["spec"], object["status"]], [{ size: 2, color: "red" }, { phase: "x" }]);
  const owned = object.metadata.managedFields?.find(({ manager }) => manager === "st")?.fieldsV1;
  assert.deepEqual(owned, { "f:status": { "f:phase": {} } });
});

const HEADER = { apiVersion: "v1", kind: "ConfigMap" };

/** As kube-apiserver 1.37.2 answers them: name on the URL, configuration, code, message. */
const APPLY_REFUSALS: readonly (readonly [string, JsonRecord, number, string])[] = [
  [
    "b",
    { ...HEADER, metadata: { name: "a" } },
    400,
    "the name of the object (a) does not match the name on the URL (b)",
  ],
  [
    "b",
    { ...HEADER, metadata: {} },
    400,
    "the name of the object (b based on URL) was undeterminable: name must be provided",
  ],
  [
    "b",
    { ...HEADER, metadata: { uid: "abc" } },
    409,
    `Operation cannot be fulfilled on configmaps "b": uid mismatch: the provided object specified uid abc, and no existing object was found`,
  ],
  ["b", { metadata: { name: "b" } }, 400, "invalid object type: /, Kind="],
  [
    "a",
    { ...HEADER, metadata: { name: "a", namespace: "zz" } },
    400,
    "the namespace of the provided object does not match the namespace sent on the request",
  ],
  [
    "a",
    { ...HEADER, metadata: { name: "a", managedFields: [{ manager: "x" }] } },
    400,
    "metadata.managedFields must be nil",
  ],
];

for (const [name, configuration, code, message] of APPLY_REFUSALS) {
  test(`applying ${JSON.stringify(configuration)} to "${name}" is refused in the server's words`, () => {
    const rig = withConfigMap();
    const target = rig.target("configmaps", name);
    const status = statusOf(() => rig.operations.patch(target, { type: "apply", configuration }, writeOptions()));
    assert.deepEqual([status.code, status.message], [code, message]);
  });
}

function withConfigMap(metadata: JsonRecord = {}, fieldManager = "test"): ApiOperationsRig {
  const rig = new ApiOperationsRig();
  const body = { metadata: { name: "a", ...metadata }, data: { k: "v" } };
  rig.operations.create(rig.target("configmaps"), body, writeOptions({ fieldManager }));
  return rig;
}

function patch(rig: ApiOperationsRig, change: Patch, options: Partial<WriteOptions> = {}): WriteResult {
  return rig.operations.patch(rig.target("configmaps", "a"), change, writeOptions(options));
}
