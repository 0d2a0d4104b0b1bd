import { textOf, type JsonRecord } from "#kernel/json-value.ts";
import { isApiObject, metadataOf, type ApiObject } from "../../../api-object.ts";
import { badRequest } from "../../api-errors.ts";
import type { Target, WriteOptions } from "../../api-operations.ts";
import { expectedKind, requireBuiltInKind, requireCustomKind, subjectOf } from "./body-kind.ts";
import { decodeObject, objectFormOf } from "./decode-object.ts";
import type { OperationsDeps } from "../../operations-context.ts";

export interface DecodedBody {
  readonly object: ApiObject;
  readonly warnings: readonly string[];
}

/** The body of a POST or a PUT as an object of the target's kind. Throws 400 for one of another kind, place or form. */
export function decodeBody(
  { registry }: Pick<OperationsDeps, "registry">,
  target: Target,
  body: JsonRecord,
  { fieldValidation }: Pick<WriteOptions, "fieldValidation">,
): DecodedBody {
  const { resource } = target;
  const expected = expectedKind(resource);
  if (resource.custom) requireCustomKind(expected, body);
  else requireBuiltInKind(registry, expected, body);
  const decoding = decodeObject(objectFormOf(resource), body, fieldValidation);
  if (decoding.type === "failed") throw badRequest(`${subjectOf(expected, body)}: ${decoding.problem}`);
  return { object: objectAt(target, decoding.value), warnings: decoding.warnings };
}

/** Throws 400 for an object that says it belongs into another namespace. */
export function requireNamespace({ resource, namespace }: Target, value: JsonRecord): void {
  const given = textOf(metadataOf(value), "namespace") ?? "";
  if (resource.namespaced && given !== "" && given !== namespace)
    throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
}

/** The decoded value as an object in its namespace. Throws 400 if it belongs into another one. */
export function objectAt(target: Target, value: JsonRecord): ApiObject {
  requireNamespace(target, value);
  const { resource, namespace } = target;
  const { namespace: _, ...metadata } = metadataOf(value);
  const { apiVersion, kind } = expectedKind(resource);
  const name = textOf(metadata, "name") ?? "";
  const object: unknown = {
    ...value,
    apiVersion,
    kind,
    metadata: { ...metadata, name, ...(resource.namespaced && { namespace }) },
  };
  if (!isApiObject(object)) throw badRequest("the object provided is unrecognized");
  return object;
}

/** Throws 400 unless it is the metadata of the object that the URL names. */
export function requireNamed({ name }: Target, metadata: JsonRecord): void {
  const given = textOf(metadata, "name") ?? "";
  if (given === "")
    throw badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
  if (given !== name)
    throw badRequest(`the name of the object (${given}) does not match the name on the URL (${name})`);
}
