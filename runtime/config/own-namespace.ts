import type { RuntimeConfig } from "./runtime-config.ts";

/** Of the cluster that is asked. */
export interface NamespaceOfCluster {
  /** The context's, or the pod's. */
  readonly namespace: string;
  /** It is the cluster of the pod that this process runs in. */
  readonly inPod: boolean;
}

/**
 * The namespace that the runtime itself belongs to: for handlers from ConfigMaps and for its own Events. In a cluster it is its
 * pod's, else that of `--namespace`, else the context's.
 */
export function ownNamespace(
  { environment, namespace }: Pick<RuntimeConfig, "environment" | "namespace">,
  cluster: NamespaceOfCluster,
): string {
  const ofPod = environment["POD_NAMESPACE"] ?? "";
  if (ofPod !== "") return ofPod;
  return cluster.inPod ? cluster.namespace : (namespace ?? cluster.namespace);
}
