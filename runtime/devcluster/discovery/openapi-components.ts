import type { JsonRecord } from "#kernel/json-value.ts";
import type { ServedResource } from "../registry/served-resource.ts";
import type { Schema } from "../schema/schema.ts";

/** Schemas that others refer to, and those of whole kinds, by name: what an OpenAPI document has under `components.schemas`. */
export function openapiComponents(resources: readonly ServedResource[]): JsonRecord {
  const components = new Map<string, JsonRecord>();
  for (const resource of resources) {
    const { group, version, kind, schema } = resource;
    const name = schema.definition ?? [...group.split(".").reverse(), version, kind].join(".");
    const { definition: _definition, ...own } = schema;
    components.set(name, { ...nodeOf(own), "x-kubernetes-group-version-kind": [{ group, version, kind }] });
  }
  return Object.fromEntries(components);

  function nodeOf(schema: Schema): JsonRecord {
    const { definition, properties, items, additionalProperties, allOf, anyOf, oneOf, not, ...rest } = schema;
    if (definition !== undefined) return referenceTo(definition, schema);
    return {
      ...plainMembers(rest),
      ...(properties && {
        properties: Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, nodeOf(property)])),
      }),
      ...(items && { items: nodeOf(items) }),
      ...(additionalProperties !== undefined && {
        additionalProperties:
          typeof additionalProperties === "boolean" ? additionalProperties : nodeOf(additionalProperties),
      }),
      ...(allOf && { allOf: allOf.map(nodeOf) }),
      ...(anyOf && { anyOf: anyOf.map(nodeOf) }),
      ...(oneOf && { oneOf: oneOf.map(nodeOf) }),
      ...(not && { not: nodeOf(not) }),
    };
  }

  /** What the place adds to the definition goes beside the reference. */
  function referenceTo(name: string, { definition: _definition, ...schema }: Schema): JsonRecord {
    if (!components.has(name)) {
      // Before its members are described, because they may lead back to it.
      components.set(name, {});
      components.set(name, nodeOf(schema));
    }
    return { allOf: [{ $ref: `#/components/schemas/${name}` }], ...patchMembers(schema) };
  }
}

/** Without what is only for this server. */
function plainMembers(schema: Schema): JsonRecord {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== "fillIn" && !name.startsWith("x-go-")));
}

function patchMembers(schema: Schema): JsonRecord {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name.startsWith("x-kubernetes-patch-")));
}
