import type { JsonRecord } from "#kernel/json-value.ts";
import { withMembers, withMetadata, type ApiObject } from "../api-object.ts";
import { alreadyExists, badRequest } from "./api-errors.ts";
import type { Target, WriteOptions, WriteResult } from "./api-operations.ts";
import { decodeBody } from "./decode-body.ts";
import { generatedName } from "./generated-name.ts";
import { hasGeneration } from "./generation.ts";
import { requireWritableNamespace } from "./namespace-lifecycle.ts";
import { surroundingsOf, timestamp, type OperationsContext } from "./operations-context.ts";

/** Drawing a name again is worth it only while few are taken (apiserver: `maxNameGenerationCreateAttempts`). */
const NAME_ATTEMPTS = 8;

/** POST. Throws 400 and 422 for a bad object, 403 and 404 for its namespace, 409 for a name that is taken. */
export function createObject(
  context: OperationsContext,
  target: Target,
  body: JsonRecord,
  options: WriteOptions,
): WriteResult {
  const { object: decoded, warnings } = decodeBody(target, body, options);
  if (decoded.metadata.resourceVersion) throw badRequest("resourceVersion should not be set on objects to be created");
  const named = nameObject(context, target, decoded);
  requireWritableNamespace(context, target, named.metadata.name);
  const { resource } = target;
  if (context.store.get(resource.storage, { namespace: target.namespace, name: named.metadata.name }))
    throw alreadyExists(resource, named.metadata.name);
  const prepared = prepare(context, target, named);
  const object = options.dryRun ? prepared : context.store.put(resource.storage, prepared);
  return { object, created: true, warnings };
}

function nameObject(
  { store, random }: OperationsContext,
  { resource, namespace }: Target,
  object: ApiObject,
): ApiObject {
  const { name, generateName = "" } = object.metadata;
  if (name || generateName === "") return object;
  for (let attempt = 1; ; attempt++) {
    const drawn = generatedName(generateName, random);
    if (attempt === NAME_ATTEMPTS || !store.get(resource.storage, { namespace, name: drawn }))
      return withMetadata(object, { name: drawn });
  }
}

function prepare(context: OperationsContext, { resource }: Target, object: ApiObject): ApiObject {
  const { status: _status, ...withoutStatus } = object;
  const accepted: ApiObject = resource.subresources["status"] ? (withoutStatus as ApiObject) : object;
  const stamped = withMetadata(accepted, {
    uid: context.newUid(),
    creationTimestamp: timestamp(context),
    generation: hasGeneration(resource) ? 1 : undefined,
    deletionTimestamp: undefined,
    deletionGracePeriodSeconds: undefined,
    selfLink: undefined,
  });
  const { prepareCreate } = context.rulesOf(resource);
  const prepared = prepareCreate?.(stamped, surroundingsOf(context)) ?? stamped;
  return withMembers(prepared, {});
}
