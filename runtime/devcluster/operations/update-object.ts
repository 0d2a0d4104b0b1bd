import { isDeepStrictEqual } from "node:util";
import type { JsonRecord } from "#kernel/json-value.ts";
import { withMembers, withMetadata, type ApiObject } from "../api-object.ts";
import { badRequest, conflict, MODIFIED } from "./api-errors.ts";
import type { Target, WriteOptions, WriteResult } from "./api-operations.ts";
import { currentObject } from "./current-object.ts";
import { decodeBody } from "./decode-body.ts";
import { nextGeneration } from "./generation.ts";
import { isOver } from "./object-end.ts";
import { surroundingsOf, type OperationsContext } from "./operations-context.ts";

/** PUT. Throws 400 and 422 for a bad object, 404, and 409 if the object is not the one that the body means. */
export function updateObject(
  context: OperationsContext,
  target: Target,
  body: JsonRecord,
  options: WriteOptions,
): WriteResult {
  const before = currentObject(context.store, target);
  const { object, warnings } = decodeBody(target, body, options);
  return { object: replaceObject(context, target, { before, next: object }, options), created: false, warnings };
}

export interface Replacement {
  readonly before: ApiObject;
  readonly next: ApiObject;
}

/** Stores what becomes of an object. What changes nothing is no write: no revision, no event. */
export function replaceObject(
  context: OperationsContext,
  target: Target,
  { before, next }: Replacement,
  { dryRun }: Pick<WriteOptions, "dryRun">,
): ApiObject {
  const { resource } = target;
  requireSameObject(target, before, next);
  const after = prepare(context, target, { before, next });
  if (isDeepStrictEqual(after, before)) return before;
  if (dryRun) return after;
  return isOver(after, context.rulesOf(resource))
    ? context.store.remove(resource.storage, after)
    : context.store.put(resource.storage, after);
}

function requireSameObject({ resource, name }: Target, before: ApiObject, next: ApiObject): void {
  const { name: given, uid, resourceVersion = "" } = next.metadata;
  if (given !== name)
    throw badRequest(`the name of the object (${given}) does not match the name on the URL (${name})`);
  if (uid && uid !== before.metadata.uid) {
    const reason = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${before.metadata.uid}`;
    throw conflict(resource, name, reason);
  }
  const isCurrent = resourceVersion === before.metadata.resourceVersion;
  if (resourceVersion !== "" && resourceVersion !== "0" && !isCurrent) throw conflict(resource, name, MODIFIED);
}

function prepare(
  context: OperationsContext,
  { resource, subresource }: Target,
  { before, next }: Replacement,
): ApiObject {
  const written = writtenPart(next, before, subresource, resource.subresources["status"] !== undefined);
  const { prepareUpdate } = context.rulesOf(resource);
  const prepared = prepareUpdate?.(written, before, subresource, surroundingsOf(context)) ?? written;
  return withMetadata(prepared, {
    ...keptMetadata(before),
    resourceVersion: before.metadata.resourceVersion,
    generation: nextGeneration(resource, before, prepared),
  });
}

/** `/status` writes the status only; the object itself everything but its status. */
function writtenPart(next: ApiObject, before: ApiObject, subresource: string, hasStatus: boolean): ApiObject {
  if (subresource === "status") return withMembers(before, { status: next["status"] });
  return hasStatus ? withMembers(next, { status: before["status"] }) : next;
}

/** What an update cannot change. */
function keptMetadata({ metadata }: ApiObject): JsonRecord {
  const { name, namespace, generateName, uid, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds } =
    metadata;
  return {
    name,
    namespace,
    generateName,
    uid,
    creationTimestamp,
    deletionTimestamp,
    deletionGracePeriodSeconds,
    selfLink: undefined,
  };
}
