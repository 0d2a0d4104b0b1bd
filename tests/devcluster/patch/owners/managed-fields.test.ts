import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { ApiObject, ManagedFieldsEntry } from "#devcluster/api-object.ts";
import { fieldSetOfPaths } from "#devcluster/patch/field-sets/field-set.ts";
import { type Owner, readOwners, withOwners, withoutNewTimes } from "#devcluster/patch/owners/managed-fields.ts";
import { timestamp } from "#devcluster/timestamp.ts";

const OBJECT: ApiObject = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c" }, data: { a: "1" } };

function owner(name: string, changes: Partial<Owner> = {}): Owner {
  const fields = fieldSetOfPaths(["f:data", "f:a"]);
  return {
    name,
    operation: "Update",
    apiVersion: "v1",
    subresource: "",
    time: "2026-01-01T00:00:01Z",
    fields,
    ...changes,
  };
}

function entriesOf(...owners: readonly Owner[]): readonly ManagedFieldsEntry[] {
  return withOwners(OBJECT, owners).metadata.managedFields ?? [];
}

suite("managedFields", () => {
  test("come in the real server's order: operation, time, name, version, subresource", () => {
    const entries = entriesOf(
      owner("b", { subresource: "status" }),
      owner("b", { apiVersion: "v2" }),
      owner("b"),
      owner("a", { time: "2026-01-01T00:00:02Z" }),
      owner("z", { operation: "Apply", time: "2026-01-01T00:00:03Z" }),
      owner("y", { operation: "Apply", time: undefined }),
    );
    assert.deepEqual(
      entries.map(({ manager, apiVersion, subresource }) => [manager, apiVersion, subresource ?? ""]),
      [
        ["y", "v1", ""],
        ["z", "v1", ""],
        ["b", "v1", ""],
        ["b", "v1", "status"],
        ["b", "v2", ""],
        ["a", "v1", ""],
      ],
    );
  });

  test("are read as they were written", () => {
    const owners = [owner("a", { operation: "Apply", time: undefined }), owner("b", { subresource: "status" })];
    assert.deepEqual(readOwners(withOwners(OBJECT, owners)), owners);
  });

  test("are absent where nobody owns anything", () => {
    assert.deepEqual(withOwners(withOwners(OBJECT, [owner("a")]), []), OBJECT);
  });

  test("entries that make no sense are passed over", () => {
    const bogus = { manager: "m", operation: "Bogus", fieldsV1: {} } as unknown as ManagedFieldsEntry;
    assert.deepEqual(readOwners({ ...OBJECT, metadata: { name: "c", managedFields: [bogus] } }), []);
  });

  test("times have seconds", () => {
    assert.equal(timestamp(Date.UTC(2026, 0, 2, 3, 4, 5, 678)), "2026-01-02T03:04:05Z");
  });
});

suite("a write that changes nothing but times", () => {
  const before = withOwners(OBJECT, [owner("a"), owner("b")]);
  const later = { time: "2026-01-01T00:00:09Z" };

  test("is none", () => {
    assert.deepEqual(withoutNewTimes(before, withOwners(OBJECT, [owner("a", later), owner("b")])), before);
  });

  test("is one if the object has changed, too", () => {
    const after = withOwners({ ...OBJECT, data: { a: "2" } }, [owner("a", later), owner("b")]);
    assert.equal(withoutNewTimes(before, after), after);
  });

  test("is one if somebody owns other fields", () => {
    const after = withOwners(OBJECT, [owner("a", { ...later, fields: fieldSetOfPaths(["f:data"]) }), owner("b")]);
    assert.equal(withoutNewTimes(before, after), after);
  });

  test("is one if somebody else owns fields", () => {
    const after = withOwners(OBJECT, [owner("a", later), owner("c")]);
    assert.equal(withoutNewTimes(before, after), after);
  });
});
