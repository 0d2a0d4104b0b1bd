import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonRecord } from "#kernel/json-value.ts";
import { ApiOperationsRig, statusOf } from "../../../support/api-operations-rig.ts";

/** As kube-apiserver 1.37.2 answers them: resource, name, body, code, message. */
const REFUSALS: readonly (readonly [string, string, JsonRecord, number, string])[] = [
  [
    "configmaps",
    "a",
    { metadata: {} },
    400,
    "the name of the object (a based on URL) was undeterminable: name must be provided",
  ],
  [
    "configmaps",
    "a",
    { metadata: { name: "b" } },
    400,
    "the name of the object (b) does not match the name on the URL (a)",
  ],
  [
    "configmaps",
    "a",
    { metadata: { name: "a", namespace: "x" } },
    400,
    "the namespace of the provided object does not match the namespace sent on the request",
  ],
  [
    "configmaps",
    "a",
    { metadata: { name: "a", resourceVersion: "1" } },
    409,
    `Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again`,
  ],
  [
    "configmaps",
    "a",
    { metadata: { name: "a", resourceVersion: "abc" } },
    500,
    `strconv.ParseUint: parsing "abc": invalid syntax`,
  ],
  [
    "configmaps",
    "a",
    { metadata: { name: "a", uid: "abc" } },
    409,
    `Operation cannot be fulfilled on configmaps "a": StorageError: invalid object, Code: 4, Key: /registry/configmaps/default/a, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: abc, UID in object meta: uid-3`,
  ],
  [
    "configmaps",
    "a",
    { metadata: { name: "a", deletionTimestamp: "2020-01-01T00:00:00Z" } },
    422,
    `ConfigMap "a" is invalid: metadata.deletionTimestamp: Invalid value: "2020-01-01T00:00:00Z": field is immutable`,
  ],
  [
    "configmaps",
    "a",
    { metadata: { name: "a", deletionGracePeriodSeconds: 7 } },
    422,
    `ConfigMap "a" is invalid: metadata.deletionGracePeriodSeconds: Invalid value: 7: field is immutable`,
  ],
  ["configmaps", "nope", { metadata: { name: "nope", uid: "abc" } }, 404, `configmaps "nope" not found`],
  [
    "widgets.example.com",
    "w",
    { ...widget("w") },
    422,
    `widgets.example.com "w" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update`,
  ],
  [
    "widgets.example.com",
    "w",
    { ...widget("w"), metadata: { name: "w", resourceVersion: "0" } },
    422,
    `widgets.example.com "w" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update`,
  ],
  [
    "widgets.example.com",
    "w",
    { ...widget("w"), metadata: { name: "w", resourceVersion: "1" } },
    409,
    `Operation cannot be fulfilled on widgets.example.com "w": the object has been modified; please apply your changes to the latest version and try again`,
  ],
];

for (const [resource, name, body, code, message] of REFUSALS) {
  test(`replacing ${resource} ${name} by ${JSON.stringify(body)} is refused in the server's words`, () => {
    const rig = withConfigMap();
    rig.create("widgets.example.com", { name: "w" }, widget("w"));
    const status = statusOf(() => rig.put(rig.target(resource, name), body));
    assert.deepEqual([status.code, status.message], [code, message]);
  });
}

test("no finalizer can be added to what is being deleted", () => {
  const rig = withConfigMap({ finalizers: ["example.com/f"] });
  const target = rig.target("configmaps", "a");
  rig.delete(target);
  const status = statusOf(() =>
    rig.put(target, { metadata: { name: "a", finalizers: ["example.com/f", "example.com/g"] } }),
  );
  const why = `no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/g"}`;
  assert.deepEqual(
    [status.code, status.message],
    [422, `ConfigMap "a" is invalid: metadata.finalizers: Forbidden: ${why}`],
  );
});

function withConfigMap(metadata: JsonRecord = {}): ApiOperationsRig {
  const rig = new ApiOperationsRig();
  rig.create("configmaps", { name: "a", ...metadata }, { data: { k: "v" } });
  return rig;
}

function widget(name: string): JsonRecord {
  return { apiVersion: "example.com/v1", kind: "Widget", metadata: { name }, spec: { size: 2 } };
}
