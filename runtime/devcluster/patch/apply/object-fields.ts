import type { Schema } from "../../schema/schema.ts";
import { type FieldSet, fieldSetOfPaths } from "./field-set.ts";

const TEXT: Schema = { type: "string" };
const TEXTS: Schema = { type: "object", additionalProperties: TEXT };
const INTEGER: Schema = { type: "integer" };

const OWNER_REFERENCE: Schema = {
  type: "object",
  "x-kubernetes-map-type": "atomic",
  properties: {
    apiVersion: TEXT,
    kind: TEXT,
    name: TEXT,
    uid: { type: "string", default: "" },
    controller: { type: "boolean" },
    blockOwnerDeletion: { type: "boolean" },
  },
};

/** `metav1.ObjectMeta`, which schemas of custom resources do not describe. */
const OBJECT_METADATA: Schema = {
  type: "object",
  properties: {
    name: TEXT,
    generateName: TEXT,
    namespace: TEXT,
    selfLink: TEXT,
    uid: TEXT,
    resourceVersion: TEXT,
    generation: INTEGER,
    creationTimestamp: TEXT,
    deletionTimestamp: TEXT,
    deletionGracePeriodSeconds: INTEGER,
    labels: TEXTS,
    annotations: TEXTS,
    finalizers: { type: "array", "x-kubernetes-list-type": "set", items: TEXT },
    ownerReferences: {
      type: "array",
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["uid"],
      items: OWNER_REFERENCE,
    },
    managedFields: { type: "array", "x-kubernetes-list-type": "atomic", items: { type: "object" } },
  },
};

/** The schema of a whole object, with what every object has. */
export function objectSchema(schema: Schema): Schema {
  const metadata = schema.properties?.["metadata"];
  if (metadata?.properties !== undefined) return schema;
  return {
    ...schema,
    properties: { apiVersion: TEXT, kind: TEXT, ...schema.properties, metadata: OBJECT_METADATA },
  };
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
