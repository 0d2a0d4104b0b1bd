import type { Resolution, ResourceCatalog } from "#kubernetes/resource-catalog.ts";
import { type ApiResource, resourceName } from "#resources/api-resource.ts";

type Names = Pick<ApiResource, "plural" | "kind"> & Partial<ApiResource>;

/** A namespaced resource of the core group, unless `names` says otherwise. */
export function apiResource(names: Names): ApiResource {
  return {
    group: "",
    version: "v1",
    singular: names.kind.toLowerCase(),
    shortNames: [],
    namespaced: true,
    verbs: ["get", "list", "watch", "create", "patch", "delete"],
    ...names,
  };
}

export const PODS = apiResource({ plural: "pods", kind: "Pod", shortNames: ["po"] });
export const NODES = apiResource({ plural: "nodes", kind: "Node", namespaced: false });
export const EVENTS = apiResource({ plural: "events", kind: "Event" });
export const DEPLOYMENTS = apiResource({
  group: "apps",
  plural: "deployments",
  kind: "Deployment",
  shortNames: ["deploy"],
});

/** A catalog of these resources; it knows plurals, short names and `Kind.version.group`. */
export function fakeCatalog(resources: readonly ApiResource[] = [PODS, NODES, EVENTS, DEPLOYMENTS]): ResourceCatalog {
  return {
    async resolve(name): Promise<Resolution> {
      const resource = resources.find((one) => namesOf(one).includes(name));
      return resource ? { type: "found", resource } : { type: "unknown", nearest: ["pods"] };
    },
  };
}

function namesOf(resource: ApiResource): readonly string[] {
  const { plural, kind, version, group, shortNames } = resource;
  return [plural, resourceName(resource), `${kind}.${version}.${group}`, ...shortNames];
}
