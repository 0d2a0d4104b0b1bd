import { builtInSchema } from "../../schema/built-in/built-in-schemas.ts";
import type { Schema } from "../../schema/schema.ts";
import { type FieldSet, fieldSetOfPaths } from "./field-set.ts";

const TEXT: Schema = { type: "string" };

/** The schema of a whole object, with what every object has. */
export function objectSchema(schema: Schema): Schema {
  const metadata = schema.properties?.["metadata"];
  if (metadata?.properties !== undefined) return schema;
  const header = { apiVersion: TEXT, kind: TEXT, metadata: builtInSchema("meta.v1.ObjectMeta") };
  return { ...schema, properties: { ...schema.properties, ...header } };
}

/** Nobody owns what only the server sets. */
export const UNOWNED: FieldSet = fieldSetOfPaths(
  ["f:apiVersion"],
  ["f:kind"],
  ["f:metadata"],
  ...[
    "name",
    "namespace",
    "creationTimestamp",
    "selfLink",
    "uid",
    "clusterName",
    "generation",
    "managedFields",
    "resourceVersion",
  ].map((name) => ["f:metadata", `f:${name}`]),
);
