import type { Resolution, ResourceCatalog } from "#kubernetes/resource-catalog.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { builtInResources } from "#resources/built-in-resources.generated.ts";
import { resolveResourceName } from "#resources/resource-name.ts";

/** Kubernetes' own resources and `known` ones; a name with the group of a custom kind is taken at its word. */
export function offlineCatalog(known: readonly ApiResource[]): ResourceCatalog {
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
  const singular = type.toLowerCase().replace(/s$/, "");
  return {
    group,
    version: version ?? "v1",
    plural: `${singular}s`,
    singular,
    kind: type,
    shortNames: [],
    namespaced: true,
    verbs: ["create", "delete", "get", "list", "patch", "watch"],
  };
}
