import type { ClusterConfig } from "./cluster-config.ts";
import { clusterConfigFromText } from "./load-cluster-config.ts";

/** What is needed of client-node's `KubeConfig`; by its shape, so that client-node itself is never loaded. */
export interface ExportableKubeConfig {
  exportConfig(): string;
}

/**
 * The cluster and the user of the current context of client-node's `KubeConfig`, however it was loaded. Throws
 * `ClusterConfigError`.
 *
 * @example
 * const kubeConfig = new KubeConfig();
 * kubeConfig.loadFromDefault();
 * const cluster = createCluster({ config: clusterConfigFrom(kubeConfig), environment: process.env });
 */
export function clusterConfigFrom(kubeConfig: ExportableKubeConfig): ClusterConfig {
  return clusterConfigFromText(kubeConfig.exportConfig(), ".");
}
