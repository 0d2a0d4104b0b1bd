import { elementsOf, fieldOf, textOf, textsOf } from "#kernel/json-value.ts";
import type { ApiResource } from "./api-resource.ts";

/**
 * The resources of an aggregated discovery document (`APIGroupDiscoveryList`, KEP-3352) in the server's order: groups by
 * priority, the preferred version of each group first. `/api` holds the core group, `/apis` the others.
 */
export function resourcesOfDiscovery(document: unknown): ApiResource[] {
  return elementsOf(document, "items").flatMap((item) => {
    const group = textOf(fieldOf(item, "metadata"), "name") ?? "";
    return elementsOf(item, "versions").flatMap((version) => resourcesOfVersion(group, version));
  });
}

function resourcesOfVersion(group: string, discovered: unknown): ApiResource[] {
  const version = textOf(discovered, "version") ?? "";
  return elementsOf(discovered, "resources").map((resource) => ({
    group,
    version,
    plural: textOf(resource, "resource") ?? "",
    singular: textOf(resource, "singularResource") ?? "",
    kind: textOf(fieldOf(resource, "responseKind"), "kind") ?? "",
    shortNames: textsOf(resource, "shortNames"),
    namespaced: textOf(resource, "scope") === "Namespaced",
    verbs: textsOf(resource, "verbs"),
  }));
}

/** The resources of an `APIResourceList`, which servers before 1.26 and some aggregated ones give for one group version. */
export function resourcesOfLegacyList(group: string, version: string, list: unknown): ApiResource[] {
  return elementsOf(list, "resources")
    .filter((resource) => !(textOf(resource, "name") ?? "").includes("/"))
    .map((resource) => ({
      group,
      version,
      plural: textOf(resource, "name") ?? "",
      singular: textOf(resource, "singularName") ?? "",
      kind: textOf(resource, "kind") ?? "",
      shortNames: textsOf(resource, "shortNames"),
      namespaced: fieldOf(resource, "namespaced") === true,
      verbs: textsOf(resource, "verbs"),
    }));
}
