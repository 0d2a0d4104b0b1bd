import type { JsonRecord } from "#kernel/json-value.ts";
import { withMembers, withMetadata, type ApiObject } from "../../api-object.ts";
import { StatusError } from "../../api-status.ts";
import { alreadyExists } from "../api-errors.ts";
import type { Target, WriteOptions, WriteResult } from "../api-operations.ts";
import { decodeBody } from "./decoding/decode-body.ts";
import { nameObject } from "./metadata/generated-name.ts";
import { hasGeneration, keepsStatusOfNew } from "../kind-facts.ts";
import { recordWrite } from "./metadata/managed-write.ts";
import { requireWritableNamespace } from "./namespace-lifecycle.ts";
import { surroundingsOf, timestamp, type OperationsContext } from "../operations-context.ts";
import { requireValidObject } from "./validate-object.ts";

/** POST. Throws 400 and 422 for a bad object, 403 and 404 for its namespace, 409 for a name that is taken. */
export function createObject(
  context: OperationsContext,
  target: Target,
  body: JsonRecord,
  options: WriteOptions,
): WriteResult {
  const { object, warnings } = decodeBody(context, target, body, options);
  return {
    object: storeNew(
      context,
      target,
      recordWrite(context, target, { after: withoutStatus(target, object) }, options),
      options,
    ),
    created: true,
    warnings,
  };
}

/** Stores an object that is decoded, and whose owners are written down. */
export function storeNew(
  context: OperationsContext,
  target: Target,
  decoded: ApiObject,
  { dryRun }: Pick<WriteOptions, "dryRun">,
): ApiObject {
  const { store, served } = context;
  const { resource, namespace } = target;
  requireWritableNamespace(context, target, decoded.metadata.name || (decoded.metadata.generateName ?? ""));
  const object = prepare(context, target, nameObject(context, target, decoded));
  requireValidObject(resource, object);
  requireNoVersion(decoded);
  const { name } = object.metadata;
  const existing = store.get(resource.storage, { namespace, name });
  if (existing) throw alreadyExists(resource, existing);
  return dryRun ? object : served.of(resource, store.put(resource.storage, served.stored(resource, object)));
}

/** A status is written through its subresource only. */
export function withoutStatus({ resource }: Target, object: ApiObject): ApiObject {
  if (!resource.subresources["status"] || keepsStatusOfNew(resource)) return object;
  return withMembers(object, { status: undefined });
}

function prepare(context: OperationsContext, { resource }: Target, object: ApiObject): ApiObject {
  const stamped = withMetadata(object, {
    uid: context.newUid(),
    creationTimestamp: timestamp(context),
    resourceVersion: undefined,
    ...(hasGeneration(resource) && { generation: 1 }),
    deletionTimestamp: undefined,
    deletionGracePeriodSeconds: undefined,
    selfLink: undefined,
  });
  return context.rulesOf(resource).prepareCreate?.(stamped, surroundingsOf(context)) ?? stamped;
}

function requireNoVersion({ metadata: { resourceVersion = "" } }: ApiObject): void {
  if (resourceVersion !== "" && resourceVersion !== "0")
    throw new StatusError(500, "", "resourceVersion should not be set on objects to be created");
}
