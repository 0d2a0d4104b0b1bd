/**
 * The second half of the composition root: builds each part, connects their ports, and owns the order of start and stop.
 * It decides nothing about events, handlers or caches: each of those has its room. `runtime.ts` calls it.
 */
import { AuditLog } from "#assembly/log/audit-log.ts";
import { createClusterLog } from "#assembly/log/cluster-log.ts";
import { followSource } from "#assembly/handlers/follow-source.ts";
import { ConfigMapEvents } from "#assembly/handlers/config-map-events.ts";
import { createHandlerLog, createRunLog } from "#assembly/log/handler-log.ts";
import { joinDispatchObservers, joinInformerObservers, joinSupervisorObservers } from "#assembly/observers.ts";
import { Monitoring } from "#assembly/monitoring/monitoring.ts";
import { createOpenCaches } from "#assembly/caches/open-caches.ts";
import { handlersSealed } from "#assembly/handlers/handlers-seal.ts";
import { openHandlers, type OpenedHandlers } from "#assembly/handlers/open-handlers.ts";
import { openRuntimeEvents, type RuntimeEvents, type RuntimeEventsOptions } from "#assembly/events/runtime-events.ts";
import { openFetchNetwork } from "#assembly/open-fetch-network.ts";
import { Reachability } from "#assembly/reachability.ts";
import { readingLog } from "#assembly/log/reading-log.ts";
import type { FetchNetwork } from "#broker/fetch/fetch-network.ts";
import { createHandlerPaces } from "#broker/handler-paces.ts";
import { originText } from "#config/handlers-origin.ts";
import { ownNamespace } from "#config/own-namespace.ts";
import type { RuntimeConfig } from "#config/runtime-config.ts";
import { type AuthorAids, openAuthorAids } from "#authoring/author-aids.ts";
import { SharedInformerFactory } from "#informer/shared-informer-factory.ts";
import type { Clock } from "#kernel/clock.ts";
import type { Cluster } from "#kubernetes/cluster.ts";
import { createCluster } from "#kubernetes/cluster.ts";
import { ClusterConfigError } from "#kubernetes/cluster-config-error.ts";
import { loadClusterConfig } from "#kubernetes/load-cluster-config.ts";
import { memoryLedger } from "#ledger/memory-ledger.ts";
import type { Inspect } from "#loader/inspect.ts";
import type { Batch } from "#loader/revision.ts";
import { createLogger } from "#observability/create-logger.ts";
import type { Logger, LogSink } from "#observability/logger.ts";
import type { ProcessSandboxPool } from "#sandbox/sandbox-pool.ts";
import { Supervisor } from "#supervisor/supervisor.ts";

export interface RuntimeDeps {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly sink: LogSink;
}

export type RuntimeResult =
  /** As asked by the signal. */
  | { readonly type: "stopped" }
  /** `message` says what to do. */
  | { readonly type: "failed"; readonly message: string };

interface ServeDeps extends RuntimeDeps {
  readonly pool: ProcessSandboxPool;
}

/** Runs until `stop` aborts, or until it is clear that nothing can run. */
export async function serveHandlers(config: RuntimeConfig, deps: ServeDeps, stop: AbortSignal): Promise<RuntimeResult> {
  const { clock, pool, sink } = deps;
  const logger = createLogger(sink, clock);
  const inspect: Inspect = (program, engine, signal) => pool.inspect(program, engine, signal);
  const { handlers: origin, mountedMaps, watch, state } = config;
  const openInNamespace = await openHandlers({ clock, inspect, logger }, { origin, mountedMaps, watch, state });
  if ("message" in openInNamespace) return openInNamespace;
  const cluster = connect(config, deps);
  if (cluster instanceof ClusterConfigError) return failed(cluster.message);
  try {
    const handlers = openInNamespace(ownNamespace(config, cluster));
    if (handlers.type === "failed") return handlers;
    return await serve({ ...deps, config, cluster, handlers, logger }, stop);
  } finally {
    await cluster.close();
  }
}

function connect(
  { kubeconfig, context, environment, dryRun }: RuntimeConfig,
  { clock }: ServeDeps,
): Cluster | ClusterConfigError {
  try {
    const config = loadClusterConfig({ kubeconfig, context, environment });
    return createCluster({ config, environment, clock, dryRun });
  } catch (error) {
    if (error instanceof ClusterConfigError) return error;
    throw error;
  }
}

/** client-go waits for up to a minute; here whatever happened in a gap is told within 30 s of its end. */
const INFORMER_BACKOFF = { baseMs: 800, maxMs: 12_000, jitter: 1 };

interface ServeParts extends ServeDeps {
  readonly config: RuntimeConfig;
  readonly cluster: Cluster;
  readonly handlers: OpenedHandlers;
  readonly logger: Logger;
}

async function serve(parts: ServeParts, stop: AbortSignal): Promise<RuntimeResult> {
  const { config, clock, random, pool, cluster, handlers: opened, logger } = parts;
  const monitoring = new Monitoring({ clock, logger });
  const refused = await monitoring.listen(config.listen);
  if (refused !== undefined) return failed(refused);
  const reachability = new Reachability(logger, cluster.server);
  const brokered = new AbortController();
  const informing = new AbortController();
  const { server, catalog, objects } = cluster;
  const factory = createInformers(parts, { monitoring, reachability });
  factory.start(informing.signal);
  const events = openRuntimeEvents({ clock, random, objects, logger }, eventsOptions(config, cluster));
  const audit = new AuditLog({ clock, logger }, config);
  const network = openFetchNetwork(clock, { environment: config.environment, server });
  const handlers = originText(config.handlers);
  const { source, referenceTo } = opened.source(factory, (reason) => {
    logger.warn("handlers not read", { handlers, reason });
    monitoring.waiting(reason);
  });
  const mapEvents = new ConfigMapEvents(events.recorder, referenceTo);
  const aids = openAuthorAids(config, { logger, catalog });
  const onlookers = { monitoring, reachability, events, mapEvents, audit, aids };
  const reached = { factory, network, brokering: brokered.signal };
  const supervisor = createSupervisor(parts, onlookers, reached);
  monitoring.watch({ server, supervisor, factory, reachability });
  const { dryRun } = config;
  const applied = (batch: Batch): void => {
    monitoring.applied(batch);
    mapEvents.applied(batch);
    aids.applied(batch);
  };
  try {
    const { isolation } = pool;
    const { isFollowed } = opened;
    if (config.handlers.type !== "directory") monitoring.waiting();
    logger.info("starting", { server, handlers, watch: isFollowed, isolation, ...(dryRun && { dryRun }) });
    // Every handler asks for it; until one is built there is time.
    catalog.resolve("pods", stop).catch(() => {});
    const problem = await followSource({ source, supervisor, logger, applied }, { handlers, isFollowed }, stop);
    return problem === undefined ? { type: "stopped" } : failed(problem);
  } finally {
    monitoring.stopping();
    logger.info("stopping", { graceMs: config.graceMs });
    await Promise.all([aids.close(), supervisor.close(config.graceMs)]);
    audit.close();
    await events.close();
    informing.abort();
    brokered.abort();
    await network.close();
    await factory.shutdown();
    await monitoring.close();
    logger.info("stopped");
  }
}

/** Those who are told how the others do. */
interface Onlookers {
  readonly monitoring: Monitoring;
  readonly reachability: Reachability;
  readonly events: RuntimeEvents;
  readonly mapEvents: ConfigMapEvents;
  readonly audit: AuditLog;
  readonly aids: AuthorAids;
}

/** Informers whose failures are logged and whose work is measured. */
function createInformers(
  { config, clock, random, cluster, logger }: ServeParts,
  { monitoring, reachability }: Pick<Onlookers, "monitoring" | "reachability">,
): SharedInformerFactory {
  const measured = monitoring.listWatch(cluster.listWatch.bind(cluster));
  const listWatch = config.runLog === "everything" ? readingLog(logger, clock, measured) : measured;
  const observer = joinInformerObservers([createClusterLog(logger, reachability), monitoring.informerObserver]);
  return new SharedInformerFactory({ clock, random, listWatch, observer }, { backoff: INFORMER_BACKOFF });
}

/** What handlers see and reach. */
interface Reached {
  readonly factory: SharedInformerFactory;
  readonly network: FetchNetwork;
  /** Aborts what handlers still ask for. */
  readonly brokering: AbortSignal;
}

function createSupervisor(
  { config, clock, random, sink, pool, cluster, handlers, logger }: ServeParts,
  { monitoring, reachability, events, mapEvents, audit, aids }: Onlookers,
  { factory, network, brokering }: Reached,
): Supervisor {
  const { server, catalog, objects } = cluster;
  const paces = createHandlerPaces(clock);
  const lasting = [paces, network.connections];
  return new Supervisor({
    clock,
    random,
    pool,
    env: config.environment,
    openCaches: createOpenCaches({
      clock,
      catalog,
      server,
      reachability,
      factory,
      listWatch: cluster.listWatch.bind(cluster),
      namespace: config.namespace,
      broker: {
        objects,
        catalog,
        clock,
        network,
        metrics: monitoring.meters,
        paces,
        logSink: sink,
        signal: brokering,
        sealed: handlersSealed(handlers.seal, ownNamespace(config, cluster)),
        ...audit.told,
      },
    }),
    delivery: config,
    ledger: () => memoryLedger,
    observer: joinSupervisorObservers([
      createHandlerLog(logger),
      monitoring.supervisorObserver,
      {
        removed: (handler) => lasting.forEach((one) => one.remove(handler)),
        renamed: (from, to) => lasting.forEach((one) => one.rename(from, to)),
      },
      events.handlers.supervisorObserver,
      mapEvents.supervisorObserver,
      aids.supervisorObserver,
    ]),
    dispatchObserver: (handler) =>
      joinDispatchObservers([
        createRunLog(logger, handler, config),
        monitoring.dispatchObserver(handler),
        events.handlers.dispatchObserver(handler),
      ]),
  });
}

function eventsOptions(config: RuntimeConfig, cluster: Cluster): RuntimeEventsOptions {
  const { environment, recordsEvents, dryRun } = config;
  const { server, inPod } = cluster;
  const place = { inPod, ownNamespace: ownNamespace(config, cluster), environment };
  return { server, place, silent: dryRun || !recordsEvents };
}

function failed(message: string): RuntimeResult {
  return { type: "failed", message };
}
