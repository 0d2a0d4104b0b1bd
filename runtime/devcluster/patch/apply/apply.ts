/**
 * Server-side apply: a manager says which fields it wants and how; the server keeps who owns what in
 * `metadata.managedFields`, refuses to take fields from others unless forced, and removes what a manager wants no more.
 * The result is not validated, and defaults are not filled in.
 */
import { isDeepStrictEqual } from "node:util";
import { isRecord, type JsonRecord, textOf } from "#kernel/json-value.ts";
import { type ApiObject, metadataOf } from "../../api-object.ts";
import { StatusError } from "../../api-status.ts";
import { checkConfiguration, typeText } from "./configuration-check.ts";
import { conflictError, conflictsWith, withoutAllowed } from "./conflicts.ts";
import { fieldChanges } from "../field-sets/field-changes.ts";
import { difference, differenceBelow, type FieldSet, isEmpty, NO_FIELDS, union } from "../field-sets/field-set.ts";
import { fieldSetOf } from "../field-sets/field-set-of.ts";
import { KUBECTL, lastAppliedFields, withLastApplied } from "./last-applied.ts";
import {
  isSameManager,
  type Manager,
  type Owner,
  readOwners,
  withOwners,
  withoutFields,
} from "../owners/managed-fields.ts";
import { mergeConfiguration } from "./merge-configuration.ts";
import { objectSchema, UNOWNED } from "../field-sets/object-fields.ts";
import { pruned } from "./pruned.ts";
import { content, recordUpdate, type Update } from "../owners/record-update.ts";
import { timestamp } from "../../timestamp.ts";

export interface Apply extends Update {
  readonly kind: string;
  /** Takes fields of others over. */
  readonly force: boolean;
}

/** Who owned an object's fields before anybody applied it, where nobody wrote that down. */
const BEFORE_FIRST_APPLY = "before-first-apply";

/** @param live `undefined` when the object is created */
export function applyConfiguration(live: ApiObject | undefined, configuration: JsonRecord, apply: Apply): ApiObject {
  checkHeader(configuration, apply);
  const schema = objectSchema(apply.schema);
  checkConfiguration(configuration, schema);
  const current = content(live);
  const owners = ownersOf(live, apply);
  const manager: Manager = { ...apply, name: apply.manager, operation: "Apply" };
  const before = owners.find((owner) => isSameManager(owner, manager));
  const others = owners.filter((owner) => owner !== before);
  const ignored = apply.ignored ?? NO_FIELDS;

  const fields = differenceBelow(fieldSetOf(configuration, schema), ignored);
  const merged = mergeConfiguration(current, configuration, schema);
  const owned = others.map((other) => other.fields).reduce(union, fields);
  const applied = pruned(merged, before?.fields ?? NO_FIELDS, owned, schema);

  const changes = fieldChanges(current, applied, schema);
  const changed = differenceBelow(changes.changed, ignored);
  refuseConflicts(current, others, changed, apply);
  const left = withoutFields(withoutFields(others, changed), differenceBelow(changes.removed, ignored));

  // Who joins the owners of what is there has no time.
  const time = isDeepStrictEqual(current, applied) ? before?.time : timestamp(apply.now);
  const object = withOwners(asObject(applied, apply), [
    ...left,
    ...ownerOf(manager, difference(fields, UNOWNED), time),
  ]);
  return apply.manager === KUBECTL ? withLastApplied(object, configuration) : object;
}

function checkHeader(configuration: JsonRecord, { apiVersion, kind }: Apply): void {
  if ((metadataOf(configuration)["managedFields"] ?? null) !== null) {
    throw new StatusError(400, "BadRequest", "metadata.managedFields must be nil");
  }
  if (configuration["apiVersion"] === apiVersion && configuration["kind"] === kind) return;
  throw new StatusError(400, "BadRequest", `invalid object type: ${typeText(configuration)}`);
}

function ownersOf(live: ApiObject | undefined, apply: Apply): readonly Owner[] {
  if (live === undefined) return [];
  const owners = readOwners(live);
  if (owners.length > 0) return owners;
  return readOwners(recordUpdate(undefined, withOwners(live, []), { ...apply, manager: BEFORE_FIRST_APPLY }));
}

/** The header stays, whatever was merged and taken away. */
function asObject(value: unknown, { apiVersion, kind }: Apply): ApiObject {
  const record = isRecord(value) ? value : {};
  const metadata = metadataOf(record);
  return { ...record, apiVersion, kind, metadata: { ...metadata, name: textOf(metadata, "name") ?? "" } };
}

function refuseConflicts(live: JsonRecord, others: readonly Owner[], changed: FieldSet, apply: Apply): void {
  if (apply.force) return;
  const found = conflictsWith(others, changed);
  if (found.length === 0) return;
  const allowed = apply.manager === KUBECTL ? lastAppliedFields(live, objectSchema(apply.schema)) : NO_FIELDS;
  const conflicts = withoutAllowed(found, allowed);
  if (conflicts.length > 0) throw conflictError(conflicts);
}

function ownerOf(manager: Manager, fields: FieldSet, time: string | undefined): readonly Owner[] {
  if (isEmpty(fields)) return [];
  const { name, operation, apiVersion, subresource } = manager;
  return [{ name, operation, apiVersion, subresource, fields, time }];
}
