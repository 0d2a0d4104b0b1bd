import type { JsonRecord } from "#kernel/json-value.ts";
import type { StatusError } from "../../api-status.ts";
import { applyPatch, type ContentPatch } from "../../patch/apply-patch.ts";
import { goJson } from "../../patch/go-json.ts";
import { goText } from "../../patch/go-text.ts";
import { invalidError } from "../../registry/invalid-error.ts";
import { rawInvalid } from "../../schema/field-causes.ts";
import type { Target, WriteOptions, WriteResult } from "../api-operations.ts";
import { expectedKind, kindProblem, requireValidKind } from "./decoding/body-kind.ts";
import { currentObject } from "../reading/current-object.ts";
import { objectAt, requireNamed } from "./decoding/decode-body.ts";
import { decodeObject, objectFormOf, type Decoding } from "./decoding/decode-object.ts";
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
  return invalidError({ group: "", kind: "" }, "", [rawInvalid("patch", JSON.stringify(text), problem)]);
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
