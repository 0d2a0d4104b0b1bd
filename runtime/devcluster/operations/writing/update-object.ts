import { textOf, type JsonRecord } from "#kernel/json-value.ts";
import { keyOf, type ApiObject } from "../../api-object.ts";
import { conflict, notFound, unconditional } from "../api-errors.ts";
import type { Target, WriteOptions, WriteResult } from "../api-operations.ts";
import { writtenRevision } from "../reading/resource-version.ts";
import { storeNew, withoutStatus } from "./create-object.ts";
import { decodeBody, requireNamed } from "./decoding/decode-body.ts";
import { createsOnUpdate, requiresResourceVersion } from "../kind-facts.ts";
import { recordWrite } from "./metadata/managed-write.ts";
import type { OperationsContext } from "../operations-context.ts";
import { replaceObject } from "./replace-object.ts";

/** PUT. Throws 400 and 422 for a bad object, 404, and 409 if the object is not the one that the body means. */
export function updateObject(
  context: OperationsContext,
  target: Target,
  body: JsonRecord,
  options: WriteOptions,
): WriteResult {
  const { object, warnings } = decodeBody(context, target, body, options);
  requireNamed(target, object.metadata);
  return { ...write(context, target, object, options), warnings };
}

function write(
  context: OperationsContext,
  target: Target,
  object: ApiObject,
  options: WriteOptions,
): Pick<WriteResult, "object" | "created"> {
  const { resource, namespace, name, subresource } = target;
  const stored = context.store.get(resource.storage, { namespace, name });
  if (stored) {
    const before = context.served.of(resource, stored);
    requireConditions(context, target, before, object);
    return { object: replaceObject(context, target, { before, next: object }, options), created: false };
  }
  if (subresource !== "" || !createsOnUpdate(resource)) throw notFound(resource, name);
  const recorded = recordWrite(context, target, { after: withoutStatus(target, object) }, options);
  return { object: storeNew(context, target, recorded, options), created: true };
}

/** What a PUT has to say of the object that it replaces. */
function requireConditions(
  context: OperationsContext,
  target: Target,
  before: ApiObject,
  { metadata }: ApiObject,
): void {
  const { resource, name } = target;
  const { resourceVersion = "" } = metadata;
  const needsVersion = !(context.rulesOf(resource).allowsUnconditionalUpdate ?? !requiresResourceVersion(resource));
  requireUid(target, before, metadata);
  if (needsVersion && writtenRevision(resourceVersion) === 0) throw unconditional(resource, name);
}

/** Throws 409 if the metadata of a request is of another object with the same name. */
export function requireUid({ resource, name }: Target, before: ApiObject, metadata: JsonRecord): void {
  const uid = textOf(metadata, "uid") ?? "";
  if (uid === "" || uid === before.metadata.uid) return;
  const problem = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${before.metadata.uid}`;
  const key = `/registry/${registryPath(resource)}/${keyOf(before)}`;
  const place = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0`;
  throw conflict(resource, name, `${place}, AdditionalErrorMsg: ${problem}`);
}

/** Where a real server keeps the objects in etcd, but for a few kinds with older names. */
function registryPath({ custom, group, plural }: Target["resource"]): string {
  return custom ? `${group}/${plural}` : plural;
}
