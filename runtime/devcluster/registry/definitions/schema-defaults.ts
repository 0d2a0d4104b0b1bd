import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { invalid, type FieldCause } from "../../schema/field-causes.ts";
import { unknownFields } from "../../schema/decoding/unknown-fields.ts";
import { validate } from "../../schema/validation/validate.ts";
import { customValueSchema } from "../custom/custom-schema.ts";
import { children } from "./schema-children.ts";

/** Defaults that their own schemas would refuse. */
export function defaultCauses(node: JsonRecord, path: string): FieldCause[] {
  const own = node["default"] === undefined || node["default"] === null ? [] : ownCauses(node, path);
  // Defaults of a map's members are never looked at.
  const below = children(node, path).filter(({ at }) => at !== `${path}.additionalProperties`);
  return [...below.flatMap(({ schema, at }) => defaultCauses(schema, at)), ...own];
}

function ownCauses(node: JsonRecord, path: string): FieldCause[] {
  const [field, value] = [`${path}.default`, node["default"]];
  const schema = customValueSchema(node);
  const isUnknown = isRecord(value) && unknownFields(schema, value).length > 0;
  if (isUnknown) return [invalid(field, value, "must not have unknown fields")];
  return validate(schema, value).map(({ reason = "", message = "", field: within = "" }) => ({
    reason,
    message,
    field: within === "" ? field : `${field}.${within}`,
  }));
}
