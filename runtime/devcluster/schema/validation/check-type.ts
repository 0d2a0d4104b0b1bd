import { wrongType, type FieldCause } from "../field-causes.ts";
import type { Schema } from "../schema.ts";

/** Whether the value is of the schema's type. */
export function typeCauses(schema: Schema, value: unknown, path: string): FieldCause[] {
  const types = schema["x-kubernetes-int-or-string"] === true ? ["integer", "string"] : [schema.type ?? []].flat();
  const type = jsonTypeOf(value);
  if (types.length === 0 || (value === null && schema.nullable === true)) return [];
  const fits = types.includes(type) || (type === "integer" && types.includes("number"));
  const { format = "" } = schema;
  if (fits || value === null || format === "") return fits ? [] : [wrongTypeCause(path, types.join(","), type)];
  const isNumeric = types.includes("number") || types.includes("integer");
  if (typeof value !== "string" && !Array.isArray(value)) return [wrongTypeCause(path, format, goFormatOf(type))];
  // Whether a text or a list has the format is for others to say, and for lists nobody does.
  return isNumeric ? [wrongTypeCause(path, types.join(","), type)] : [];
}

/** @param value what the server says of it: its type, or the text whose format is wrong */
export function wrongTypeCause(path: string, type: string, value: string): FieldCause {
  return wrongType(path, value, `${path} in body must be of type ${type}: ${JSON.stringify(value)}`);
}

export function jsonTypeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

function goFormatOf(type: string): string {
  return { integer: "int64", number: "float64" }[type] ?? "";
}
