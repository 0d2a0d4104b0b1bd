import { isDeepStrictEqual } from "node:util";
import type { JsonRecord } from "#kernel/json-value.ts";
import { withMembers, withMetadata, type ApiObject } from "../../api-object.ts";
import { withoutNewTimes } from "../../patch/owners/managed-fields.ts";
import { conflict, MODIFIED } from "../api-errors.ts";
import type { Target, WriteOptions } from "../api-operations.ts";
import { nextGeneration } from "./metadata/generation.ts";
import { writtenRevision } from "../reading/resource-version.ts";
import { recordWrite } from "./metadata/managed-write.ts";
import { isOver } from "../deleting/object-end.ts";
import { surroundingsOf, type OperationsContext } from "../operations-context.ts";
import { requireValidObject } from "./validate-object.ts";
import { writtenPart } from "./written-part.ts";

export interface Replacement {
  /** In the request's version. */
  readonly before: ApiObject;
  readonly next: ApiObject;
  /** The owners of its fields are written down already. */
  readonly isApplied?: boolean;
}

/**
 * Stores what becomes of an object; what changes nothing is no write: no revision, no event.
 * Throws 409 if the object is not the one that was meant, 422 for what it cannot become.
 */
export function replaceObject(
  context: OperationsContext,
  target: Target,
  replacement: Replacement,
  options: WriteOptions,
): ApiObject {
  const { store, served } = context;
  const { resource, subresource } = target;
  const { before } = replacement;
  requireCurrent(target, before, replacement.next);
  const after = prepare(context, target, replacement, options);
  requireValidObject(resource, after, { object: before, subresource });
  if (after === before || isDeepStrictEqual(after, before)) return before;
  if (options.dryRun) return after;
  const stored = served.stored(resource, after);
  if (!isOver(after, context.rulesOf(resource))) return served.of(resource, store.put(resource.storage, stored));
  store.remove(resource.storage, stored);
  return after;
}

function requireCurrent({ resource, name }: Target, before: ApiObject, { metadata }: ApiObject): void {
  const revision = writtenRevision(metadata.resourceVersion);
  if (revision !== 0 && revision !== Number(before.metadata.resourceVersion)) throw conflict(resource, name, MODIFIED);
}

function prepare(
  context: OperationsContext,
  target: Target,
  { before, next, isApplied = false }: Replacement,
  options: WriteOptions,
): ApiObject {
  const { resource, subresource } = target;
  const written = withKeptMetadata(before, writtenPart(target, before, next));
  const recorded = isApplied ? written : recordWrite(context, target, { before, after: written }, options);
  const { prepareUpdate } = context.rulesOf(resource);
  const prepared = prepareUpdate?.(recorded, before, subresource, surroundingsOf(context)) ?? recorded;
  const generation = REPORTS.has(subresource) ? before.metadata.generation : nextGeneration(resource, before, prepared);
  return withoutNewTimes(before, withMetadata(prepared, { generation }));
}

/** Subresources that do not change what is wanted. */
const REPORTS: ReadonlySet<string> = new Set(["status", "approval", "binding"]);

/** What an update cannot change, or need not repeat. */
function withKeptMetadata({ metadata }: ApiObject, next: ApiObject): ApiObject {
  const { uid, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds } = metadata;
  const kept: JsonRecord = {
    name: metadata.name,
    namespace: metadata.namespace,
    uid: next.metadata.uid || uid,
    resourceVersion: metadata.resourceVersion,
    generation: metadata.generation,
    creationTimestamp,
    deletionTimestamp: next.metadata.deletionTimestamp ?? deletionTimestamp,
    deletionGracePeriodSeconds: next.metadata.deletionGracePeriodSeconds ?? deletionGracePeriodSeconds,
    selfLink: undefined,
  };
  return { ...next, metadata: withMembers(next.metadata, kept) };
}
