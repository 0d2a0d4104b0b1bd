import type { Clock } from "#kernel/clock.ts";
import { ClusterConfigError } from "#kubernetes/cluster-config-error.ts";
import { type Cluster, createCluster } from "#kubernetes/cluster.ts";
import { loadClusterConfig } from "#kubernetes/load-cluster-config.ts";

/** As `--kubeconfig` and `--context` say. */
export interface WantedCluster {
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
}

export interface ConnectDeps {
  readonly clock: Clock;
  /** For the kubeconfig. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Or why there is none. */
export function connect(
  wanted: WantedCluster,
  { clock, environment }: ConnectDeps,
  options: { readonly dryRun?: boolean } = {},
): Cluster | ClusterConfigError {
  try {
    return createCluster({ config: loadClusterConfig({ ...wanted, environment }), environment, clock, ...options });
  } catch (error) {
    if (error instanceof ClusterConfigError) return error;
    throw error;
  }
}
