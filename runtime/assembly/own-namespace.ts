import type { ClusterConfig } from "#kubernetes/cluster-config.ts";

export interface OwnNamespaceSources {
  /** The cluster that is asked: its context's namespace, or its pod's. */
  readonly cluster: Pick<ClusterConfig, "namespace" | "inPod">;
  /** The runtime's `-n`. `undefined`: all namespaces. */
  readonly namespace: string | undefined;
  /** `POD_NAMESPACE`, where a pod is told its own. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Where the runtime itself is at home: in a cluster its pod's namespace, else `-n`, else the context's. */
export function ownNamespace({ cluster, namespace, environment }: OwnNamespaceSources): string {
  const pod = environment["POD_NAMESPACE"] ?? "";
  if (pod !== "") return pod;
  return cluster.inPod ? cluster.namespace : (namespace ?? cluster.namespace);
}
