import { ANYTHING } from "#devcluster/schema/schema.ts";
import type { ServedResource } from "#devcluster/registry/served-resource.ts";

const VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
/** The real server lists those of custom resources in this order. */
const CUSTOM_VERBS = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];

/** The resource of a CustomResourceDefinition: namespaced, without subresources. */
export function customResource(
  group: string,
  version: string,
  kind: string,
  changes: Partial<ServedResource> = {},
): ServedResource {
  const singular = kind.toLowerCase();
  return {
    group,
    version,
    kind,
    singular,
    plural: `${singular}s`,
    listKind: `${kind}List`,
    shortNames: [],
    categories: [],
    namespaced: true,
    verbs: CUSTOM_VERBS,
    storage: `${singular}s.${group}`,
    schema: ANYTHING,
    subresources: {},
    selectableFields: [],
    custom: { columns: undefined, scale: undefined },
    ...changes,
  };
}

/** A built-in resource, namespaced and without subresources. */
export function builtInResource(
  group: string,
  version: string,
  kind: string,
  changes: Partial<ServedResource> = {},
): ServedResource {
  return customResource(group, version, kind, { verbs: VERBS, custom: undefined, ...changes });
}
