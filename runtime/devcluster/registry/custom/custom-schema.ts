import { isRecord, textsOf, type JsonRecord } from "#kernel/json-value.ts";
import { builtInSchema } from "../../schema/built-in/built-in-schemas.ts";
import type { Schema } from "../../schema/schema.ts";

/**
 * The schema of a custom resource from a CustomResourceDefinition's `openAPIV3Schema`: whole objects, there and where
 * resources are embedded, have the members that all objects have. Without a schema anything goes.
 */
export function customSchema(openApiSchema: unknown): Schema {
  const own = isRecord(openApiSchema)
    ? customValueSchema(openApiSchema)
    : { "x-kubernetes-preserve-unknown-fields": true };
  return { type: "object", ...own, properties: { ...own.properties, ...objectMembers() } };
}

function objectMembers(): Record<string, Schema> {
  return { apiVersion: { type: "string" }, kind: { type: "string" }, metadata: builtInSchema("meta.v1.ObjectMeta") };
}

/** The schema of a value within a custom resource. */
export function customValueSchema(node: JsonRecord): Schema {
  const schema = { ...node, ...schemaMembers(node) } as Schema;
  if (schema["x-kubernetes-embedded-resource"] !== true) return schema;
  return {
    ...schema,
    properties: { ...schema.properties, ...objectMembers() },
    required: [...new Set([...textsOf(node, "required"), "apiVersion", "kind"])],
  };
}

function schemaMembers(node: JsonRecord): Record<string, unknown> {
  const entries = Object.entries(node).flatMap(([name, member]): [string, unknown][] => {
    if (name === "properties" && isRecord(member)) return [[name, schemasOf(member)]];
    if (["items", "not", "additionalProperties"].includes(name) && isRecord(member))
      return [[name, customValueSchema(member)]];
    if (["allOf", "anyOf", "oneOf"].includes(name) && Array.isArray(member)) {
      return [[name, member.filter(isRecord).map(customValueSchema)]];
    }
    // Go reads a null as if it were not there.
    return name === "default" && member === null ? [[name, undefined]] : [];
  });
  return Object.fromEntries(entries);
}

function schemasOf(properties: JsonRecord): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, isRecord(property) ? customValueSchema(property) : {}]),
  );
}
