import type { KubeRequest } from "./kube-authorizer.ts";

/** The only namespace in which the API server takes Events about cluster-scoped objects (apis/core: `legacyValidateEvent`). */
export const CLUSTER_EVENTS_NAMESPACE = "default";

/** Where a handler is. */
export interface HandlerPlace {
  /** Its own, else the runtime's. `undefined`: all. */
  readonly namespaces: readonly string[] | undefined;
  /** Whether what it watches is in namespaces. */
  readonly namespaced: boolean;
}

/**
 * In which namespaces an entry of `allow.kube` without "in" allows the request. `undefined`: in all.
 * A handler that is told of cluster-scoped objects may tell of them too, wherever else it is kept to.
 */
export function namespacesFor(
  request: Omit<KubeRequest, "namespace">,
  { namespaces, namespaced }: HandlerPlace,
): HandlerPlace["namespaces"] {
  if (!namespaces || namespaced || !writesEvent(request)) return namespaces;
  return [...namespaces, CLUSTER_EVENTS_NAMESPACE];
}

function writesEvent({ verb, resource, subresource }: Omit<KubeRequest, "namespace">): boolean {
  return verb === "create" && resource.group === "" && resource.plural === "events" && subresource === undefined;
}
