import { join } from "node:path";
import type { Clock } from "#kernel/clock.ts";
import { lockFile } from "#kernel/file-lock.ts";
import { writeKubeconfig } from "./credentials/kubeconfig-file.ts";
import { startEmbeddedCluster, type EmbeddedCluster } from "./embedded-cluster.ts";
import type { Activity } from "./simulation/activity/activity.ts";

export interface OpenEmbeddedClusterOptions {
  /** Where the kubeconfig goes; absolute. One embedded cluster at a time may have it. */
  readonly state: string;
  /** 0: any free one. */
  readonly port: number;
  readonly activity: Activity;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface OpenEmbeddedClusterDeps {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly onError: (error: unknown) => void;
}

export type OpenedEmbeddedCluster =
  | {
      readonly type: "open";
      readonly cluster: EmbeddedCluster;
      readonly kubeconfigPath: string;
      readonly stop: () => Promise<void>;
    }
  /** `message` says what to do. */
  | { readonly type: "failed"; readonly message: string };

/** The embedded cluster for people: alive, and with a kubeconfig in the state directory as long as it runs. */
export async function openEmbeddedCluster(
  deps: OpenEmbeddedClusterDeps,
  { state, port, activity, environment }: OpenEmbeddedClusterOptions,
): Promise<OpenedEmbeddedCluster> {
  if (environment["NODE_ENV"] === "production")
    return failed(
      "it is for development, and NODE_ENV is production. Unset NODE_ENV, or run the handlers on a real cluster with --kubeconfig.",
    );
  const lock = lockFile(join(state, "cluster.db"));
  if (lock.type === "held")
    return failed(
      `another one uses state directory "${state}". Stop that one, or name another directory with --state.`,
    );
  if (lock.type === "failed")
    return failed(`state directory "${state}" cannot be used: ${lock.reason}. Name another one with --state.`);
  let cluster: EmbeddedCluster | undefined;
  let removeKubeconfig = (): void => {};
  const stop = async (): Promise<void> => {
    removeKubeconfig();
    await cluster?.stop();
    lock.release();
  };
  try {
    // Clients that outlive a restart resume where they were, which must not be ahead of the new server.
    const store = { firstRevision: deps.clock.now() };
    cluster = await startEmbeddedCluster(deps, { port, store, simulation: { activity } });
    const kubeconfigPath = join(state, "kubeconfig");
    removeKubeconfig = writeKubeconfig(kubeconfigPath, cluster);
    return { type: "open", cluster, kubeconfigPath, stop };
  } catch (error) {
    await stop();
    return failed(
      cluster
        ? `its kubeconfig cannot be written: ${told(error)}. Name another directory with --state.`
        : whyNotServing(error, port),
    );
  }
}

function whyNotServing(error: unknown, port: number): string {
  const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  if (isTaken) return `port ${port} is taken. Give --port another one, or leave it out for a free one.`;
  return `${told(error)}. Give --port another value.`;
}

function told(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function failed(fact: string): OpenedEmbeddedCluster {
  return { type: "failed", message: `Cannot start the embedded cluster: ${fact}` };
}
