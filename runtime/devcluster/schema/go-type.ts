import type { Schema } from "./schema.ts";

const SIMPLE: Readonly<Record<string, string>> = { string: "string", boolean: "bool", number: "float64" };

/** What the server's decoding errors call the type: `int32`, `[]v1.Container`, `map[string]string`. */
export function goTypeOf(schema: Schema): string {
  if (schema["x-go-type"] !== undefined) return schema["x-go-type"];
  if (schema["x-kubernetes-int-or-string"] === true) return "int32";
  if (schema.format === "date-time") return "string";
  if (schema.format === "byte") return "[]uint8";
  if (schema.definition !== undefined) return schema.definition.split(".").slice(-2).join(".");
  if (schema.type === "integer") return schema.format ?? "int";
  if (schema.type === "array") return `[]${goTypeOf(schema.items ?? {})}`;
  if (typeof schema.additionalProperties === "object") return `map[string]${goTypeOf(schema.additionalProperties)}`;
  return SIMPLE[schema.type ?? ""] ?? "interface {}";
}
