import type { JsonRecord } from "#kernel/json-value.ts";
import { StatusError } from "../../api-status.ts";
import { applyPatch, type ContentPatch } from "../../patch/apply-patch.ts";
import { goJson } from "../../patch/go-json.ts";
import { goText } from "../../patch/go-text.ts";
import type { Target, WriteOptions, WriteResult } from "../api-operations.ts";
import { expectedKind, kindProblem, requireValidKind } from "./body-kind.ts";
import { currentObject } from "../reading/current-object.ts";
import { objectAt, requireNamed } from "./decode-body.ts";
import { decodeObject, objectFormOf, type Decoding } from "./decode-object.ts";
import type { OperationsContext } from "../operations-context.ts";
import { replaceObject } from "./replace-object.ts";

/** PATCH of what exists. Throws 404, 400 and 422 for what it makes of the object, 409 if it means another state of it. */
export function patchObject(
  context: OperationsContext,
  target: Target,
  patch: ContentPatch,
  options: WriteOptions,
): WriteResult {
  const { resource } = target;
  const before = context.served.of(resource, currentObject(context.store, target));
  const form = objectFormOf(resource);
  const patched = applyPatch(before, patch, form.schema, form);
  const decoding = decodePatched(context, target, patched, options);
  if (decoding.type === "failed") throw invalidPatch(patch, patched, decoding.problem);
  const next = objectAt(target, decoding.value);
  requireNamed(target, next.metadata);
  const object = replaceObject(context, target, { before, next }, options);
  return { object, created: false, warnings: decoding.warnings };
}

/** 422: the patch makes something that cannot be decoded. */
export function invalidPatch(patch: ContentPatch, patched: JsonRecord, problem: string): StatusError {
  const text = patch.type === "strategic" ? goText(patch.patch) : goJson(patched);
  const message = `Invalid value: ${JSON.stringify(text)}: ${problem}`;
  const causes = [{ reason: "FieldValueInvalid", message, field: "patch" }];
  return new StatusError(422, "Invalid", ` "" is invalid: patch: ${message}`, { causes });
}

function decodePatched(
  { registry }: OperationsContext,
  { resource }: Target,
  patched: JsonRecord,
  { fieldValidation }: WriteOptions,
): Decoding {
  const expected = expectedKind(resource);
  if (resource.custom) requireValidKind(expected, patched);
  const problem = resource.custom ? undefined : kindProblem(registry, expected, patched);
  if (problem !== undefined) return { type: "failed", problem };
  return decodeObject(objectFormOf(resource), patched, fieldValidation);
}
