import { textOf, type JsonRecord } from "#kernel/json-value.ts";
import { metadataOf, withMetadata, type ApiObject } from "../../api-object.ts";
import { applyConfiguration } from "../../patch/apply/apply.ts";
import { badRequest, conflict, notFound } from "../api-errors.ts";
import type { Target, WriteOptions, WriteResult } from "../api-operations.ts";
import { storeNew, withoutStatus } from "./create-object.ts";
import { objectAt, requireNamed, requireNamespace } from "./decoding/decode-body.ts";
import { decodeObject, objectFormOf } from "./decoding/decode-object.ts";
import { updateOf } from "./metadata/managed-write.ts";
import type { OperationsContext } from "../operations-context.ts";
import { replaceObject } from "./replace-object.ts";

/** Server-side apply: creates what does not exist. Throws 400, 404, 422, and 409 for fields of others. */
export function applyObject(
  context: OperationsContext,
  target: Target,
  configuration: JsonRecord,
  options: WriteOptions,
): WriteResult {
  const { resource, namespace, name, subresource } = target;
  const stored = context.store.get(resource.storage, { namespace, name });
  if (!stored && subresource !== "") throw notFound(resource, name);
  const before = stored && context.served.of(resource, stored);
  requireNamespace(target, configuration);
  const apply = { ...updateOf(context, target, options), kind: resource.kind, force: options.force };
  const applied = applyConfiguration(before, configuration, apply);
  const { object: next, warnings } = decode(target, applied, options);
  if (!before) refuseKnownUid(target, configuration);
  requireNamed(target, next.metadata);
  if (before)
    return {
      object: replaceObject(context, target, { before, next, isApplied: true }, options),
      created: false,
      warnings,
    };
  const created = withMetadata(withoutStatus(target, next), { resourceVersion: undefined });
  return { object: storeNew(context, target, created, options), created: true, warnings };
}

function decode(
  target: Target,
  applied: ApiObject,
  { fieldValidation }: WriteOptions,
): { readonly object: ApiObject; readonly warnings: readonly string[] } {
  const decoding = decodeObject(objectFormOf(target.resource), applied, fieldValidation);
  if (decoding.type === "failed") throw badRequest(decoding.problem);
  return { object: objectAt(target, decoding.value), warnings: decoding.warnings };
}

function refuseKnownUid({ resource, name }: Target, configuration: JsonRecord): void {
  const uid = textOf(metadataOf(configuration), "uid") ?? "";
  if (uid === "") return;
  const reason = `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`;
  throw conflict(resource, name, reason);
}
