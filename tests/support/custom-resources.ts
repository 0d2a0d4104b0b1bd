import { customSchema } from "#devcluster/registry/custom/custom-schema.ts";
import type { ServedResource, Subresource } from "#devcluster/registry/served-resource.ts";

const OBJECT_VERBS = ["get", "patch", "update"];

/** `widgets.example.com`: namespaced, with a status and a scale; sizes from 1 to 9, and a default colour. */
export const widgets: ServedResource = {
  ...custom("widgets", "Widget", true),
  schema: customSchema({
    type: "object",
    properties: {
      spec: {
        type: "object",
        properties: {
          size: { type: "integer", minimum: 1, maximum: 9 },
          color: { type: "string", default: "red" },
          replicas: { type: "integer" },
        },
      },
      status: {
        type: "object",
        properties: { replicas: { type: "integer" }, selector: { type: "string" }, phase: { type: "string" } },
      },
    },
  }),
  subresources: {
    status: subresource("Widget", "example.com", OBJECT_VERBS),
    scale: subresource("Scale", "autoscaling", OBJECT_VERBS),
  },
  custom: {
    columns: undefined,
    scale: {
      specReplicasPath: ".spec.replicas",
      statusReplicasPath: ".status.replicas",
      labelSelectorPath: ".status.selector",
    },
  },
};

/** `plains.example.com`: cluster-scoped, without subresources or a schema, in two versions. */
export const plains: readonly ServedResource[] = ["v1", "v2"].map((version) => ({
  ...custom("plains", "Plain", false),
  version,
}));

function custom(plural: string, kind: string, namespaced: boolean): ServedResource {
  return {
    group: "example.com",
    version: "v1",
    plural,
    singular: kind.toLowerCase(),
    kind,
    listKind: `${kind}List`,
    shortNames: [],
    categories: [],
    namespaced,
    verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
    storage: `${plural}.example.com`,
    schema: customSchema(undefined),
    subresources: {},
    selectableFields: [],
    custom: { columns: undefined, scale: undefined },
  };
}

function subresource(kind: string, group: string, verbs: readonly string[]): Subresource {
  return { kind, group, version: "v1", verbs };
}
