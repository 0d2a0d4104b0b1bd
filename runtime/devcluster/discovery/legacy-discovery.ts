import type { JsonRecord } from "#kernel/json-value.ts";
import type { ServedResource } from "../registry/served-resource.ts";
import type { ApiGroup, ApiGroupVersion } from "./api-groups.ts";

/** What `/api` answers. */
export function apiVersions(core: ApiGroup | undefined): JsonRecord {
  const versions = core?.versions.map(({ version }) => version) ?? [];
  return { kind: "APIVersions", versions, serverAddressByClientCIDRs: [] };
}

/** What `/apis` answers. */
export function apiGroupList(groups: readonly ApiGroup[]): JsonRecord {
  return { kind: "APIGroupList", apiVersion: "v1", groups: groups.map(groupEntry) };
}

/** What `/apis/GROUP` answers. */
export function apiGroup(group: ApiGroup): JsonRecord {
  return { kind: "APIGroup", apiVersion: "v1", ...groupEntry(group) };
}

/** What `/api/v1` and `/apis/GROUP/VERSION` answer. Without `storageVersionHash`, which only tells that storage moved to another version. */
export function apiResourceList({ groupVersion, resources }: ApiGroupVersion): JsonRecord {
  return {
    kind: "APIResourceList",
    // The real server says it for named groups only.
    ...(groupVersion.includes("/") && { apiVersion: "v1" }),
    groupVersion,
    resources: resources.flatMap((resource) => [resourceEntry(resource), ...subresourceEntries(resource)]),
  };
}

function groupEntry({ name, versions }: ApiGroup): JsonRecord {
  const entries = versions.map(({ groupVersion, version }) => ({ groupVersion, version }));
  return { name, versions: entries, preferredVersion: entries[0] };
}

function resourceEntry(resource: ServedResource): JsonRecord {
  return {
    name: resource.plural,
    singularName: resource.singular,
    namespaced: resource.namespaced,
    kind: resource.kind,
    verbs: resource.verbs,
    ...(resource.shortNames.length > 0 && { shortNames: resource.shortNames }),
    ...(resource.categories.length > 0 && { categories: resource.categories }),
  };
}

function subresourceEntries({ plural, namespaced, group, version, subresources }: ServedResource): JsonRecord[] {
  return Object.entries(subresources).map(([name, subresource]) => ({
    name: `${plural}/${name}`,
    singularName: "",
    namespaced,
    ...((subresource.group !== group || subresource.version !== version) && {
      group: subresource.group,
      version: subresource.version,
    }),
    kind: subresource.kind,
    verbs: subresource.verbs,
  }));
}
