import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import type { Schema } from "../../schema/schema.ts";
import { cappedUpdaters } from "./capped-updaters.ts";
import { type FieldChanges, fieldChanges } from "../field-sets/field-changes.ts";
import {
  difference,
  differenceBelow,
  type FieldSet,
  intersection,
  isEmpty,
  NO_FIELDS,
  union,
} from "../field-sets/field-set.ts";
import { isSameManager, type Manager, type Owner, readOwners, withOwners, withoutFields } from "./managed-fields.ts";
import { objectSchema, UNOWNED } from "../field-sets/object-fields.ts";
import { timestamp } from "../../timestamp.ts";

/** A write that is not an apply. */
export interface Update {
  readonly manager: string;
  readonly apiVersion: string;
  /** `""` for the object itself. */
  readonly subresource: string;
  readonly schema: Schema;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** What this endpoint does not write, with everything below. */
  readonly ignored?: FieldSet;
}

/** Through it a number changes its owner, without a time; a number that nobody owned stays so. */
const SCALE = "scale";

/**
 * `after`, with `managedFields` that say who wrote what: what has changed belongs to this manager alone, what is gone to
 * nobody. A body without them keeps those of `before`; an empty list in it ends the bookkeeping.
 *
 * @param before `undefined` when the object is created
 */
export function recordUpdate(before: ApiObject | undefined, after: ApiObject, update: Update): ApiObject {
  const owners = knownOwners(before, after, update);
  if (before !== undefined && owners.length === 0) return withOwners(after, []);
  const { changed, removed } = changesOf(before, after, update);
  if (isEmpty(changed) && isEmpty(removed)) {
    return before?.metadata.managedFields === after.metadata.managedFields ? after : withOwners(after, owners);
  }
  const left = withoutFields(withoutFields(owners, removed), changed);
  if (update.subresource === SCALE && owners.every(({ fields }) => isEmpty(intersection(fields, changed)))) {
    return withOwners(after, left);
  }
  return withOwners(after, cappedUpdaters(withChanges(left, update, changed)));
}

/** What an update changed, without what nobody owns. */
function changesOf(before: ApiObject | undefined, after: ApiObject, { schema, ignored }: Update): FieldChanges {
  const { changed, removed } = fieldChanges(content(before), content(after), objectSchema(schema));
  const counted = (fields: FieldSet): FieldSet => difference(differenceBelow(fields, ignored ?? NO_FIELDS), UNOWNED);
  return { changed: counted(changed), removed: counted(removed) };
}

/** What is compared: everything but the bookkeeping. */
export function content(object: ApiObject | undefined): JsonRecord {
  if (object === undefined) return { metadata: {} };
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

function knownOwners(before: ApiObject | undefined, after: ApiObject, { subresource }: Update): readonly Owner[] {
  const known = before === undefined ? [] : readOwners(before);
  // They cannot be set through a subresource.
  if (subresource !== "" || before?.metadata.managedFields === after.metadata.managedFields) return known;
  if (isReset(after.metadata.managedFields)) return [];
  const given = readOwners(after);
  return given.length === 0 ? known : given;
}

function isReset(entries: readonly unknown[] | undefined): boolean {
  if (entries === undefined || entries.length > 1) return false;
  return entries.every((entry) => isRecord(entry) && Object.keys(entry).length === 0);
}

function withChanges(owners: readonly Owner[], update: Update, changed: FieldSet): readonly Owner[] {
  if (isEmpty(changed)) return owners;
  const { apiVersion, subresource } = update;
  const manager: Manager = { name: update.manager, operation: "Update", apiVersion, subresource };
  const earlier = owners.find((owner) => isSameManager(owner, manager));
  const fields = union(earlier?.fields ?? NO_FIELDS, changed);
  const time = subresource === SCALE ? undefined : timestamp(update.now);
  return [...owners.filter((owner) => owner !== earlier), { ...manager, fields, time }];
}
