import type { ServedResource } from "#devcluster/registry/served-resource.ts";
import { ANYTHING } from "#devcluster/schema/schema.ts";

const VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

export function servedResource(overrides: Partial<ServedResource> & { kind: string; plural: string }): ServedResource {
  const { kind, plural, group = "" } = overrides;
  return {
    group,
    version: "v1",
    singular: kind.toLowerCase(),
    shortNames: [],
    namespaced: true,
    verbs: VERBS,
    listKind: `${kind}List`,
    categories: [],
    storage: group === "" ? plural : `${plural}.${group}`,
    schema: ANYTHING,
    subresources: {},
    selectableFields: [],
    custom: undefined,
    ...overrides,
  };
}

const STATUS_VERBS = ["get", "patch", "update"];

export const RESOURCES: readonly ServedResource[] = [
  servedResource({ kind: "ConfigMap", plural: "configmaps" }),
  servedResource({
    kind: "Namespace",
    plural: "namespaces",
    namespaced: false,
    verbs: VERBS.filter((verb) => verb !== "deletecollection"),
    subresources: {
      status: { kind: "Namespace", group: "", version: "v1", verbs: STATUS_VERBS },
      finalize: { kind: "Namespace", group: "", version: "v1", verbs: ["update"] },
    },
  }),
  servedResource({
    kind: "Pod",
    plural: "pods",
    subresources: {
      status: { kind: "Pod", group: "", version: "v1", verbs: STATUS_VERBS },
      eviction: { kind: "Eviction", group: "policy", version: "v1", verbs: ["create"] },
      exec: { kind: "PodExecOptions", group: "", version: "v1", verbs: ["create", "get"] },
      log: { kind: "Pod", group: "", version: "v1", verbs: ["get"] },
    },
  }),
  servedResource({ kind: "Deployment", plural: "deployments", group: "apps" }),
  servedResource({
    kind: "Widget",
    plural: "widgets",
    group: "example.com",
    subresources: {
      status: { kind: "Widget", group: "example.com", version: "v1", verbs: STATUS_VERBS },
      scale: { kind: "Scale", group: "autoscaling", version: "v1", verbs: STATUS_VERBS },
    },
    custom: { columns: undefined, scale: undefined },
  }),
  servedResource({
    kind: "SelfSubjectReview",
    plural: "selfsubjectreviews",
    group: "authentication.k8s.io",
    namespaced: false,
    verbs: ["create"],
  }),
];
