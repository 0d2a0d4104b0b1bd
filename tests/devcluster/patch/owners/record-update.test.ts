import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { ApiObject } from "#devcluster/api-object.ts";
import { fieldSetOfPaths } from "#devcluster/patch/field-sets/field-set.ts";
import { recordUpdate, type Update } from "#devcluster/patch/owners/record-update.ts";
import { builtInSchema } from "#devcluster/schema/built-in/built-in-schemas.ts";

const UPDATE: Update = {
  manager: "u1",
  apiVersion: "apps/v1",
  subresource: "",
  schema: builtInSchema("apps.v1.ReplicaSet"),
  now: Date.UTC(2026, 0, 1),
};
const SCALE: Update = { ...UPDATE, manager: "autoscaler", subresource: "scale", now: Date.UTC(2026, 0, 2) };

function replicaSet(replicas: number | undefined, metadata: Partial<ApiObject["metadata"]> = {}): ApiObject {
  const spec = { ...(replicas !== undefined && { replicas }), minReadySeconds: 1 };
  return { apiVersion: "apps/v1", kind: "ReplicaSet", metadata: { name: "r", ...metadata }, spec };
}

/** `manager subresource time: paths`. */
function ownersOf(object: ApiObject): readonly string[] {
  return (object.metadata.managedFields ?? []).map(
    ({ manager, subresource = "-", time = "never", fieldsV1 }) =>
      `${manager} ${subresource} ${time.slice(0, 10)} ${JSON.stringify(fieldsV1)}`,
  );
}

suite("an update through scale", () => {
  test("gives the number to its manager, without a time", () => {
    const before = recordUpdate(undefined, replicaSet(1), UPDATE);
    const after = recordUpdate(before, replicaSet(2, before.metadata), SCALE);
    assert.deepEqual(ownersOf(after), [
      'autoscaler scale never {"f:spec":{"f:replicas":{}}}',
      'u1 - 2026-01-01 {"f:spec":{"f:minReadySeconds":{}}}',
    ]);
  });

  test("leaves a number to nobody that nobody owned", () => {
    const before = recordUpdate(undefined, replicaSet(undefined), UPDATE);
    const after = recordUpdate(before, replicaSet(2, before.metadata), SCALE);
    assert.deepEqual(ownersOf(after), ['u1 - 2026-01-01 {"f:spec":{"f:minReadySeconds":{}}}']);
  });
});

test("an update that changes nothing gives the same object back", () => {
  const before = recordUpdate(undefined, replicaSet(1), UPDATE);
  const after = replicaSet(1, before.metadata);
  assert.equal(recordUpdate(before, after, SCALE), after);
});

test("what an endpoint does not write has no owner through it", () => {
  const object = { ...replicaSet(1), status: { replicas: 1 } };
  const after = recordUpdate(undefined, object, { ...UPDATE, ignored: fieldSetOfPaths(["f:status"]) });
  assert.deepEqual(ownersOf(after), ['u1 - 2026-01-01 {"f:spec":{"f:minReadySeconds":{},"f:replicas":{}}}']);
});

test("owners in the body of a subresource mean nothing", () => {
  const before = recordUpdate(undefined, replicaSet(1), UPDATE);
  const after = recordUpdate(before, replicaSet(1, { managedFields: [] }), { ...UPDATE, subresource: "status" });
  assert.deepEqual(after.metadata.managedFields, before.metadata.managedFields);
});
