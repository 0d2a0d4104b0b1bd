import type { Resolution, ResourceCatalog } from "#kubernetes/resource-catalog.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { builtInResources } from "#resources/built-in-resources.generated.ts";
import { resolveResourceName } from "#resources/resource-name.ts";

/** Kubernetes' own resources and `known` ones; a name with the group of a custom kind is taken at its word. */
export function offlineCatalog(known: readonly ApiResource[] = []): ResourceCatalog {
  const resources = [...builtInResources, ...known];
  const resolve = (name: string): Resolution => {
    const resolution = resolveResourceName(name, resources);
    const custom = resolution.type === "unknown" ? customResource(name) : undefined;
    return custom ? { type: "found", resource: custom } : resolution;
  };
  return { resolve: (name) => Promise.resolve(resolve(name)) };
}

const VERSION = /^v\d+((alpha|beta)\d+)?$/;

/** `certificates.cert-manager.io`, `Certificate.v1.cert-manager.io` */
function customResource(name: string): ApiResource | undefined {
  const [type = "", ...rest] = name.split(".");
  const [first = ""] = rest;
  const version = VERSION.test(first) ? first : undefined;
  const group = (version === undefined ? rest : rest.slice(1)).join(".");
  if (type === "" || !group.includes(".")) return undefined;
  return customResourceOf(group, version ?? "v1", type);
}

/** @param kind as far as it is known: `Certificate`, or only `certificates` */
export function customResourceOf(group: string, version: string, kind: string): ApiResource {
  const type = kind.toLowerCase();
  const singular = type.replace(/s$/, "");
  return {
    group,
    version,
    plural: `${singular}s`,
    singular,
    kind,
    shortNames: [],
    namespaced: true,
    verbs: ["create", "delete", "get", "list", "patch", "watch"],
  };
}
