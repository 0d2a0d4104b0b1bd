/** The `scale` subresource: how many of something there should be, the same form for every kind. */
import { fieldOf, numberOf, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { apiVersionOf } from "#resources/api-resource.ts";
import { metadataOf, withMetadata, type ApiObject } from "../../api-object.ts";
import { applyPatch } from "../../patch/apply-patch.ts";
import { invalidError } from "../../registry/invalid-error.ts";
import { invalid } from "../../schema/field-causes.ts";
import { builtInSchema } from "../../schema/built-in/built-in-schemas.ts";
import { badRequest } from "../api-errors.ts";
import type { Patch, Target, WriteOptions, WriteResult } from "../api-operations.ts";
import type { OperationsContext } from "../operations-context.ts";
import { currentObject } from "../reading/current-object.ts";
import { applyObject } from "../writing/apply-object.ts";
import { requireBuiltInKind, subjectOf } from "../writing/decoding/body-kind.ts";
import { requireNamed, requireNamespace } from "../writing/decoding/decode-body.ts";
import { decodeObject, type ObjectForm } from "../writing/decoding/decode-object.ts";
import { invalidPatch } from "../writing/patch-object.ts";
import { replaceObject } from "../writing/replace-object.ts";
import { requireUid } from "../writing/update-object.ts";
import { requireReplicas, scaleOf, withReplicas } from "./scale-document.ts";

const SCALE = { apiVersion: "autoscaling/v1", kind: "Scale" };

/** Throws 404, and 500 for a custom resource without a number. */
export function getScale({ store, served }: OperationsContext, target: Target): ApiObject {
  const { resource } = target;
  const object = served.of(resource, currentObject(store, target));
  requireReplicas(resource, object);
  return scaleOf(resource, object);
}

/** PUT. Throws 400, 404, 409 and 422. */
export function updateScale(
  context: OperationsContext,
  target: Target,
  body: JsonRecord,
  options: WriteOptions,
): WriteResult {
  requireBuiltInKind(context.registry, SCALE, body);
  const decoding = decodeObject(scaleForm(), body, options.fieldValidation);
  if (decoding.type === "failed") throw badRequest(`${subjectOf(SCALE, body)}: ${decoding.problem}`);
  return { ...write(context, target, decoding.value, options), warnings: decoding.warnings };
}

/** PATCH, of any type. Throws 400, 404, 409 and 422. */
export function patchScale(
  context: OperationsContext,
  target: Target,
  patch: Patch,
  options: WriteOptions,
): WriteResult {
  if (patch.type === "apply") return applyScale(context, target, patch.configuration, options);
  const { resource } = target;
  const current = scaleOf(resource, context.served.of(resource, currentObject(context.store, target)));
  const patched = applyPatch(current, patch, scaleForm().schema, { isCustom: resource.custom !== undefined });
  const decoding = decodeObject(scaleForm(), patched, options.fieldValidation);
  if (decoding.type === "failed") throw invalidPatch(patch, patched, decoding.problem);
  return { ...write(context, target, decoding.value, options), warnings: decoding.warnings };
}

function scaleForm(): ObjectForm {
  return { schema: builtInSchema("autoscaling.v1.Scale"), isCustom: false };
}

function write(
  context: OperationsContext,
  target: Target,
  scale: JsonRecord,
  options: WriteOptions,
): Pick<WriteResult, "object" | "created"> {
  const { resource } = target;
  requireNamespace(target, scale);
  requireNamed(target, metadataOf(scale));
  const before = context.served.of(resource, currentObject(context.store, target));
  requireUid(target, before, metadataOf(scale));
  const replicas = numberOf(fieldOf(scale, "spec"), "replicas") ?? 0;
  requireWanted(target, replicas);
  const next = withMetadata(withReplicas(resource, before, replicas), {
    resourceVersion: textOf(metadataOf(scale), "resourceVersion"),
  });
  return { object: scaleOf(resource, replaceObject(context, target, { before, next }, options)), created: false };
}

/** What is owned is the number in the object itself. */
function applyScale(
  context: OperationsContext,
  target: Target,
  configuration: JsonRecord,
  options: WriteOptions,
): WriteResult {
  const { resource } = target;
  requireBuiltInKind(context.registry, SCALE, configuration);
  requireNamed(target, metadataOf(configuration));
  const replicas = numberOf(fieldOf(configuration, "spec"), "replicas") ?? 0;
  const header = { apiVersion: apiVersionOf(resource), kind: resource.kind, metadata: { name: target.name } };
  const applied = applyObject(context, target, withReplicas(resource, header, replicas), options);
  return { ...applied, object: scaleOf(resource, applied.object) };
}

function requireWanted({ resource, name }: Target, replicas: number): void {
  if (replicas >= 0) return;
  const problem = "must be greater than or equal to 0";
  const of = resource.custom
    ? { kind: resource, cause: invalid(".spec.replicas", replicas, "should be a non-negative integer") }
    : { kind: { group: "autoscaling", kind: "Scale" }, cause: invalid("spec.replicas", replicas, problem) };
  throw invalidError(of.kind, name, [of.cause]);
}
