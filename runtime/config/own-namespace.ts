import { isInCluster } from "./in-cluster.ts";
import type { RuntimeConfig } from "./runtime-config.ts";

/**
 * The namespace that the runtime itself belongs to: for handlers from ConfigMaps and for its own Events. In a cluster it is its
 * pod's, else that of `--namespace`, else the context's.
 */
export function ownNamespace(
  { environment, kubeconfig, namespace }: Pick<RuntimeConfig, "environment" | "kubeconfig" | "namespace">,
  contextNamespace: string,
): string {
  const ofPod = environment["POD_NAMESPACE"] ?? "";
  if (ofPod !== "") return ofPod;
  return isInCluster(environment) && kubeconfig === undefined ? contextNamespace : (namespace ?? contextNamespace);
}
