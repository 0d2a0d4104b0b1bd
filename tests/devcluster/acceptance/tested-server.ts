import { readFileSync } from "node:fs";
import { startEmbeddedCluster, type EmbeddedCluster } from "#devcluster/embedded-cluster.ts";
import { systemClock } from "#kernel/clock.ts";
import { startKubeApiServer, type KubeApiServer } from "../../support/kube-api-server.ts";

export interface TestedServer {
  readonly name: "embedded" | "real";
  readonly url: string;
  readonly ca: string;
  readonly token: string;
  /** What the embedded cluster could not do and told nobody else. */
  readonly problems: readonly unknown[];
  /** Forgets the history: older resourceVersions are gone. */
  compact(): Promise<void>;
  stop(): Promise<void>;
}

export interface TestedServerOptions {
  /** @default true */
  readonly allowsWatchList?: boolean;
}

/** Without simulation: nobody acts on workloads, as with the real one of the tests. */
export async function startEmbedded({ allowsWatchList = true }: TestedServerOptions = {}): Promise<TestedServer> {
  const problems: unknown[] = [];
  const cluster: EmbeddedCluster = await startEmbeddedCluster(
    { clock: systemClock, random: Math.random, onError: (error) => void problems.push(error) },
    { imperfections: { allowsWatchList } },
  );
  return {
    name: "embedded",
    url: cluster.server,
    ca: cluster.credentials.ca,
    token: cluster.credentials.token,
    problems,
    compact: async () => cluster.compact(),
    stop: () => cluster.stop(),
  };
}

/** With the addresses of services that the embedded one has. */
export async function startReal({ allowsWatchList = true }: TestedServerOptions = {}): Promise<TestedServer> {
  const server: KubeApiServer = await startKubeApiServer({
    flags: ["--service-cluster-ip-range=10.96.0.0/16", `--feature-gates=WatchList=${allowsWatchList}`],
  });
  return {
    name: "real",
    url: server.url,
    ca: readFileSync(server.caFile, "utf8"),
    token: server.token,
    problems: [],
    compact: async () => {
      await server.compactEtcd();
      await server.restartApiServer();
    },
    stop: () => server.stop(),
  };
}
