import type { Activity } from "#config/dev-config.ts";

export interface EmbeddedClusterOptions {
  /** Where its kubeconfig and its data lie, absolute. */
  readonly state: string;
  readonly activity: Activity;
}

export interface EmbeddedCluster {
  /** Absolute. */
  readonly kubeconfigPath: string;
  /** Its URL. */
  readonly server: string;
  stop(): Promise<void>;
}

/** `undefined`: this version has none. */
export type StartEmbeddedCluster = (options: EmbeddedClusterOptions) => Promise<EmbeddedCluster | undefined>;

export const startEmbeddedCluster: StartEmbeddedCluster = () => Promise.resolve(undefined);
