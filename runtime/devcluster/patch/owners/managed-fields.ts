import { isDeepStrictEqual } from "node:util";
import { elementsOf, fieldOf, isRecord, textOf } from "#kernel/json-value.ts";
import type { ApiObject, ManagedFieldsEntry } from "../../api-object.ts";
import { difference, type FieldSet, isEmpty } from "../field-sets/field-set.ts";
import { readFieldsV1, writeFieldsV1 } from "../field-sets/fields-v1.ts";

/** Who writes, and how. */
export interface Manager {
  readonly name: string;
  readonly operation: "Apply" | "Update";
  readonly apiVersion: string;
  readonly subresource: string;
}

/** A manager with the fields that it owns. */
export interface Owner extends Manager {
  readonly fields: FieldSet;
  /** Of its last change; `undefined` for one that only joined the owners of what was there. */
  readonly time: string | undefined;
}

/** Those of `metadata.managedFields`; entries that make no sense are passed over. */
export function readOwners(object: ApiObject): readonly Owner[] {
  const owners = new Map<string, Owner>();
  for (const entry of elementsOf(object.metadata, "managedFields")) {
    const operation = textOf(entry, "operation");
    const fields = fieldOf(entry, "fieldsV1");
    if ((operation !== "Apply" && operation !== "Update") || !isRecord(fields)) continue;
    const owner: Owner = {
      name: textOf(entry, "manager") ?? "",
      operation,
      apiVersion: textOf(entry, "apiVersion") ?? "",
      subresource: textOf(entry, "subresource") ?? "",
      time: textOf(entry, "time"),
      fields: readFieldsV1(fields),
    };
    owners.set(identity(owner), owner);
  }
  return [...owners.values()];
}

/** The object with these owners; without any, it has no `managedFields`. */
export function withOwners(object: ApiObject, owners: readonly Owner[]): ApiObject {
  const { managedFields: _, ...metadata } = object.metadata;
  if (owners.length === 0) return { ...object, metadata };
  return { ...object, metadata: { ...metadata, managedFields: owners.toSorted(byPlace).map(entryOf) } };
}

/** One manager has one entry for what it applies, and one for what it updates through each version. */
export function isSameManager(a: Manager, b: Manager): boolean {
  return identity(a) === identity(b);
}

export function identity({ name, operation, apiVersion, subresource }: Manager): string {
  return JSON.stringify([name, operation, operation === "Apply" ? "" : apiVersion, subresource]);
}

/** The owners with these fields taken from them. Who owns nothing more is gone. */
export function withoutFields(owners: readonly Owner[], gone: FieldSet): readonly Owner[] {
  if (isEmpty(gone)) return owners;
  return owners.flatMap((owner) => {
    const fields = difference(owner.fields, gone);
    return isEmpty(fields) ? [] : [{ ...owner, fields }];
  });
}

/** `after`, with the entries of `before` if nothing but their times has changed: a write that changes nothing is none. */
export function withoutNewTimes(before: ApiObject, after: ApiObject): ApiObject {
  const old = before.metadata.managedFields ?? [];
  const current = after.metadata.managedFields ?? [];
  if (old === current || old.length !== current.length) return after;
  if (!isDeepStrictEqual(old.map(timeless).toSorted(), current.map(timeless).toSorted())) return after;
  const reverted = { ...after, metadata: { ...after.metadata, managedFields: old } };
  return isDeepStrictEqual(before, reverted) ? reverted : after;
}

function timeless(entry: ManagedFieldsEntry): string {
  return JSON.stringify({ ...entry, time: undefined });
}

function byPlace(a: Owner, b: Owner): number {
  return (
    compare(a.operation, b.operation) ||
    compare(a.time ?? "", b.time ?? "") ||
    compare(a.name, b.name) ||
    compare(a.apiVersion, b.apiVersion) ||
    compare(a.subresource, b.subresource)
  );
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function entryOf({ name, operation, apiVersion, time, fields, subresource }: Owner): ManagedFieldsEntry {
  return {
    manager: name,
    operation,
    apiVersion,
    ...(time !== undefined && { time }),
    fieldsType: "FieldsV1",
    fieldsV1: writeFieldsV1(fields),
    ...(subresource !== "" && { subresource }),
  };
}
