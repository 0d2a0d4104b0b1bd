import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { metadataOf } from "../../../api-object.ts";
import type { ServedResource } from "../../../registry/served-resource.ts";
import { customDecodingError } from "../../../registry/custom/custom-decoding.ts";
import { builtInSchema } from "../../../schema/built-in/built-in-schemas.ts";
import { decodingError } from "../../../schema/decoding/decoding-error.ts";
import { applyDefaults } from "../../../schema/defaults/default-values.ts";
import { prune } from "../../../schema/decoding/prune.ts";
import type { Schema } from "../../../schema/schema.ts";
import { storedForm } from "../../../schema/decoding/stored-form.ts";
import { unknownFields } from "../../../schema/decoding/unknown-fields.ts";
import type { WriteOptions } from "../../api-operations.ts";

export type Decoding =
  | { readonly type: "decoded"; readonly value: JsonRecord; readonly warnings: readonly string[] }
  /** In the words of the server's decoder. */
  | { readonly type: "failed"; readonly problem: string };

/** What the objects of a request look like. */
export interface ObjectForm {
  readonly schema: Schema;
  readonly isCustom: boolean;
}

/** A body as the server understands it: types are right, what nobody knows is gone, defaults are filled in. */
export function decodeObject(
  form: ObjectForm,
  body: JsonRecord,
  fieldValidation: WriteOptions["fieldValidation"],
): Decoding {
  const problem = form.isCustom ? customDecodingError(form.schema, body) : decodingError(form.schema, body);
  if (problem !== undefined) return { type: "failed", problem };
  const unknown = fieldValidation === "Ignore" ? [] : unknownFields(form.schema, body);
  if (fieldValidation === "Strict" && unknown.length > 0)
    return { type: "failed", problem: `strict decoding error: ${unknown.join(", ")}` };
  const value = applyDefaults(
    form.schema,
    form.isCustom ? customForm(form.schema, body) : storedForm(form.schema, body),
  );
  return { type: "decoded", value: withReset(isRecord(value) ? value : {}, body), warnings: unknown };
}

/** An empty list of owners ends their bookkeeping, where other empty lists are the same as none. */
function withReset(value: JsonRecord, body: JsonRecord): JsonRecord {
  const { managedFields } = metadataOf(body);
  if (!Array.isArray(managedFields) || managedFields.length > 0) return value;
  return { ...value, metadata: { ...metadataOf(value), managedFields } };
}

export function objectFormOf({ custom, schema }: ServedResource): ObjectForm {
  return { schema, isCustom: custom !== undefined };
}

function metadataSchema(): Schema {
  return builtInSchema("meta.v1.ObjectMeta");
}

function customForm(schema: Schema, body: JsonRecord): JsonRecord {
  const pruned = prune(schema, body);
  return isRecord(pruned) ? { ...pruned, metadata: storedForm(metadataSchema(), metadataOf(pruned)) } : {};
}
