/**
 * A Kubernetes API server in memory, for `informd dev` and tests: the composition root of this room.
 * Nothing lasts: each start is a fresh cluster. It is no real one; docs/embedded-cluster.md lists what it does not do.
 */
import { randomUUID } from "node:crypto";
import type { Clock } from "#kernel/clock.ts";
import type { ControllerProblem } from "./controllers/reconciling/run-reconciler.ts";
import { startControllers, type ClusterParts } from "./controllers/start-controllers.ts";
import { createServingCredentials, type ServingCredentials } from "./credentials/serving-credentials.ts";
import { createDiscovery } from "./discovery/discovery.ts";
import { createControl } from "./faults/control.ts";
import { FaultPlan } from "./faults/fault-plan.ts";
import { startApiServer, type ApiServer } from "./http/server.ts";
import type { LoggedRequest } from "./http/request-log.ts";
import { rulesOf } from "./kinds/rules-of.ts";
import type { ApiOperations } from "./operations/api-operations.ts";
import { createApiOperations } from "./operations/create-api-operations.ts";
import type { Imperfections } from "./operations/operations-context.ts";
import { createProtobufDecoder } from "./protobuf/protobuf-decoder.ts";
import { builtInResources } from "./registry/built-in/built-in-resources.ts";
import { ResourceRegistry } from "./registry/resource-registry.ts";
import type { Activity } from "./simulation/activity/activity.ts";
import { startSimulation } from "./simulation/start-simulation.ts";
import { ObjectStore, type StoreOptions } from "./storage/object-store.ts";
import { tableForm } from "./tables/table-form.ts";

export interface EmbeddedClusterOptions {
  /** @default 0: a free one */
  readonly port?: number;
  readonly store?: StoreOptions;
  /** @default new ones */
  readonly credentials?: ServingCredentials;
  readonly imperfections?: Imperfections;
  /** Workloads come to life as if controllers and a kubelet ran. Without it nobody acts on them. */
  readonly simulation?: { readonly activity: Activity };
}

export interface EmbeddedClusterDeps {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Hears what should not have happened. */
  readonly onError: (error: unknown) => void;
}

export interface EmbeddedCluster {
  /** For example `https://127.0.0.1:40123`. */
  readonly server: string;
  readonly credentials: ServingCredentials;
  readonly registry: ResourceRegistry;
  readonly operations: ApiOperations;
  readonly faults: FaultPlan;
  /** What clients have asked, the oldest first. */
  requests(): readonly LoggedRequest[];
  /** Forgets the history up to now: watches and pages that lean on it get 410. */
  compact(): void;
  /** Idempotent. */
  stop(): Promise<void>;
}

export async function startEmbeddedCluster(
  { clock, random, onError }: EmbeddedClusterDeps,
  options: EmbeddedClusterOptions = {},
): Promise<EmbeddedCluster> {
  const store = new ObjectStore(options.store);
  const registry = new ResourceRegistry(builtInResources());
  const operations = createApiOperations({
    store,
    registry,
    clock,
    random,
    newUid: randomUUID,
    rulesOf,
    imperfections: options.imperfections,
  });
  const credentials = options.credentials ?? createServingCredentials({ clock });
  const faults = new FaultPlan(clock);
  const front: ApiServer = await startApiServer(
    {
      operations,
      resources: registry,
      documents: createDiscovery(() => registry.all()),
      tables: (resource) => tableForm(resource, clock),
      decodeProtobuf: createProtobufDecoder(),
      interceptor: faults,
      control: createControl({ faults, compact: () => store.compact(), requests: () => front.requests() }),
      clock,
      onError,
    },
    { credentials, port: options.port ?? 0 },
  );
  const running = new AbortController();
  const parts: ClusterParts = {
    store,
    registry,
    operations,
    clock,
    random,
    report: (problem) => onError(unexpected(problem)),
  };
  startControllers(
    parts,
    { address: { host: "127.0.0.1", port: front.port }, rootCertificate: credentials.ca },
    running.signal,
  );
  if (options.simulation) startSimulation(parts, options.simulation, running.signal);
  return {
    server: front.url,
    credentials,
    registry,
    operations,
    faults,
    requests: () => front.requests(),
    compact: () => store.compact(),
    stop() {
      running.abort();
      return front.close();
    },
  };
}

function unexpected({ controller, key, error }: ControllerProblem): Error {
  return new Error(`Cannot bring ${key} to its desired state: controller ${controller} failed`, { cause: error });
}
