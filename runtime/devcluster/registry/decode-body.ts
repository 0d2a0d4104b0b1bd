import { isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { apiVersionOf } from "#resources/api-resource.ts";
import type { ApiObject } from "../api-object.ts";
import { StatusError } from "../api-status.ts";
import { decodingError } from "../schema/decoding-error.ts";
import { applyDefaults } from "../schema/default-values.ts";
import { withoutForbiddenNulls } from "../schema/forbidden-nulls.ts";
import { prune } from "../schema/prune.ts";
import { storedForm } from "../schema/stored-form.ts";
import { unknownFields } from "../schema/unknown-fields.ts";
import { identityError } from "./body-identity.ts";
import { customDecodingError } from "./custom-decoding.ts";
import type { ServedResource } from "./served-resource.ts";

export interface DecodedBody {
  /** With defaults, without what its kind does not know; not yet looked at whether it is valid. */
  readonly object: ApiObject;
  /** Unknown fields, for `fieldValidation=Warn`. */
  readonly warnings: readonly string[];
}

/**
 * What the server makes of a body that was sent to a resource, before it looks whether it is valid. Throws a 400 in the
 * words of its decoder for another kind, a value of a wrong type and, with `Strict`, fields that the kind does not have.
 */
export function decodeBody(
  resource: ServedResource,
  body: JsonRecord,
  fieldValidation: "Ignore" | "Warn" | "Strict",
): DecodedBody {
  const fault = identityError(resource, body);
  if (fault !== undefined) throw badRequest(fault);
  const { schema, kind } = resource;
  const cannot = (why: string): StatusError =>
    badRequest(`${kind} in version "${resource.version}" cannot be handled as a ${kind}: ${why}`);
  const error = resource.custom ? customDecodingError(schema, body) : decodingError(schema, body);
  if (error !== undefined) throw cannot(error);
  const unknown = fieldValidation === "Ignore" ? [] : unknownFields(schema, body);
  if (fieldValidation === "Strict" && unknown.length > 0) throw cannot(`strict decoding error: ${unknown.join(", ")}`);
  return { object: objectOf(resource, body), warnings: unknown };
}

function objectOf(resource: ServedResource, body: JsonRecord): ApiObject {
  const { schema } = resource;
  const value = resource.custom
    ? withoutForbiddenNulls(schema, applyDefaults(schema, prune(schema, body)))
    : applyDefaults(schema, storedForm(schema, body));
  const members = isRecord(value) ? value : {};
  const metadata = isRecord(members["metadata"]) ? members["metadata"] : {};
  return {
    ...members,
    apiVersion: apiVersionOf(resource),
    kind: textOf(body, "kind") || resource.kind,
    metadata: { ...metadata, name: textOf(metadata, "name") ?? "" },
  };
}

function badRequest(message: string): StatusError {
  return new StatusError(400, "BadRequest", message);
}
