/**
 * One API server, as one user. Promises complete lists, whole watch frames, credentials that are current, and failures
 * as values. It caches no objects and decides nothing about when to list or watch: the informer does.
 * Made by the composition root, and by programs that use the informers as a library.
 */
import { systemClock, type Clock } from "#kernel/clock.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { ApiClient } from "./http/api-client.ts";
import type { ClusterConfig, Environment } from "./cluster-config.ts";
import { Connections } from "./http/connections.ts";
import { DiscoveredCatalog } from "./discovery/discovered-catalog.ts";
import { discover } from "./discovery/discovery.ts";
import { type PublishedSchemas, readPublishedSchemas } from "./discovery/published-schemas.ts";
import { HttpListWatch, type ListWatchScope } from "./clients/http-list-watch.ts";
import { createObjectClient } from "./clients/http-object-client.ts";
import type { ListWatchClient } from "./list-watch.ts";
import type { ObjectClient } from "./object-client.ts";
import type { RequestFailure } from "./request-failure.ts";
import type { ResourceCatalog } from "./resource-catalog.ts";
import { UserCredentials } from "./credentials/user-credentials.ts";

export interface ClusterOptions {
  /** From `loadClusterConfig`. */
  readonly config: ClusterConfig;
  /** For exec plugins. @default none */
  readonly environment?: Environment;
  /** @default the system's */
  readonly clock?: Clock;
  /** The API server checks what `objects` writes, and keeps nothing of it. @default false */
  readonly dryRun?: boolean;
}

export interface Cluster {
  /** The API server's URL. */
  readonly server: string;
  /** The context's namespace, or the pod's. */
  readonly namespace: string;
  /** It is the cluster of the pod that this process runs in. */
  readonly inPod: boolean;
  readonly objects: ObjectClient;
  readonly catalog: ResourceCatalog;
  listWatch(scope: ListWatchScope): ListWatchClient;
  /** All that the server has, asked each time; the preferred version of a group first. */
  resources(signal: AbortSignal): Promise<readonly ApiResource[] | RequestFailure>;
  /** What the server publishes of these kinds. */
  schemas(resources: readonly ApiResource[], signal: AbortSignal): Promise<PublishedSchemas>;
  /** Breaks all connections. Idempotent. */
  close(): Promise<void>;
}

/**
 * Opens no connection yet. `close` it when it is no longer needed.
 *
 * @example
 * const environment = process.env;
 * const cluster = createCluster({ config: loadClusterConfig({ environment }), environment });
 * const pods = await cluster.catalog.resolve("pods", AbortSignal.timeout(10_000));
 */
export function createCluster({ config, environment = {}, clock = systemClock, dryRun }: ClusterOptions): Cluster {
  const { server } = config.cluster;
  const connections = new Connections(config.cluster, clock);
  const credentials = new UserCredentials(config, clock, environment);
  const api = new ApiClient({ server, connections, credentials, clock });
  const closed = new AbortController();
  return {
    server,
    namespace: config.namespace,
    inPod: config.inPod ?? false,
    objects: createObjectClient(api, { dryRun }),
    catalog: new DiscoveredCatalog({ clock, discover: () => discover(api, closed.signal) }),
    listWatch: (scope) => new HttpListWatch(api, scope),
    resources: (signal) => discover(api, signal),
    schemas: (resources, signal) => readPublishedSchemas(api, resources, signal),
    async close() {
      closed.abort();
      credentials.close();
      await connections.close();
    },
  };
}
