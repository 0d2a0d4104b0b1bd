import type { JsonRecord } from "#kernel/json-value.ts";
import { builtInSchema } from "../../schema/built-in/built-in-schemas.ts";
import { badRequest } from "../api-errors.ts";
import type { WriteOptions } from "../api-operations.ts";
import type { OperationsDeps } from "../operations-context.ts";
import { requireBuiltInKind, subjectOf, type ExpectedKind } from "../writing/decoding/body-kind.ts";
import { decodeObject } from "../writing/decoding/decode-object.ts";

export interface DecodedRequest {
  readonly value: JsonRecord;
  readonly warnings: readonly string[];
}

/** The body of what is asked and not stored: a Binding, an Eviction, a review. Throws 400. @param definition its schema's */
export function decodeRequest(
  { registry }: Pick<OperationsDeps, "registry">,
  expected: ExpectedKind,
  definition: string,
  body: JsonRecord,
  { fieldValidation }: Pick<WriteOptions, "fieldValidation">,
): DecodedRequest {
  requireBuiltInKind(registry, expected, body);
  const decoding = decodeObject({ schema: builtInSchema(definition), isCustom: false }, body, fieldValidation);
  if (decoding.type === "failed") throw badRequest(`${subjectOf(expected, body)}: ${decoding.problem}`);
  return decoding;
}
