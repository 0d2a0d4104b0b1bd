import type { JsonRecord } from "#kernel/json-value.ts";
import type { ServedResource, Subresource } from "../registry/served-resource.ts";
import type { ApiGroup, ApiGroupVersion } from "./api-groups.ts";

/** Everything in one document. kubectl up to 1.29 knows only `v2beta1`, whose form is the same. */
export type AggregatedVersion = "v2" | "v2beta1";

/** An `APIGroupDiscoveryList`: of the core group for `/api`, of all others for `/apis`. */
export function aggregatedDiscovery(groups: readonly ApiGroup[], version: AggregatedVersion): JsonRecord {
  return {
    kind: "APIGroupDiscoveryList",
    apiVersion: `apidiscovery.k8s.io/${version}`,
    metadata: {},
    items: groups.map(({ name, versions }) => ({
      metadata: name === "" ? {} : { name },
      versions: versions.map(versionEntry),
    })),
  };
}

function versionEntry({ version, resources }: ApiGroupVersion): JsonRecord {
  return { version, resources: resources.map(resourceEntry), freshness: "Current" };
}

function resourceEntry(resource: ServedResource): JsonRecord {
  const subresources = Object.entries(resource.subresources);
  return {
    resource: resource.plural,
    responseKind: responseKind(resource, resource),
    scope: resource.namespaced ? "Namespaced" : "Cluster",
    singularResource: resource.singular,
    verbs: resource.verbs,
    ...(resource.shortNames.length > 0 && { shortNames: resource.shortNames }),
    ...(resource.categories.length > 0 && { categories: resource.categories }),
    ...(subresources.length > 0 && {
      subresources: subresources.map(([name, subresource]) => ({
        subresource: name,
        responseKind: responseKind(subresource, resource),
        verbs: subresource.verbs,
      })),
    }),
  };
}

/** Built-in resources leave out what is their own group and version. */
function responseKind({ group, version, kind }: Omit<Subresource, "verbs">, resource: ServedResource): JsonRecord {
  const isOwn = group === resource.group && version === resource.version;
  return isOwn && resource.custom === undefined ? { group: "", version: "", kind } : { group, version, kind };
}
