/**
 * The composition root: builds each part, connects their ports, and owns the order of start and stop.
 * It decides nothing about events, handlers or caches: each of those has its room.
 */
import { HANDLER_API, IN_SANDBOX_MODULES } from "#assets.ts";
import { createClusterLog } from "#assembly/cluster-log.ts";
import { createHandlerLog, createRunLog } from "#assembly/handler-log.ts";
import { createOpenCaches } from "#assembly/open-caches.ts";
import { Reachability } from "#assembly/reachability.ts";
import type { RuntimeConfig } from "#config/runtime-config.ts";
import { SharedInformerFactory } from "#informer/shared-informer-factory.ts";
import type { Clock } from "#kernel/clock.ts";
import type { Cluster } from "#kubernetes/cluster.ts";
import { createCluster } from "#kubernetes/cluster.ts";
import { ClusterConfigError } from "#kubernetes/cluster-config-error.ts";
import { loadClusterConfig } from "#kubernetes/load-cluster-config.ts";
import { memoryLedger } from "#ledger/memory-ledger.ts";
import { lockStateDirectory } from "#ledger/state-directory.ts";
import { openHandlersDirectory } from "#loader/open-handlers-directory.ts";
import type { Batch, HandlerSource } from "#loader/revision.ts";
import { createLogger } from "#observability/create-logger.ts";
import type { LogSink } from "#observability/logger.ts";
import { guestBundle } from "#sandbox/guest-bundle.ts";
import { ProcessSandboxPool } from "#sandbox/sandbox-pool.ts";
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

/** Runs until `stop` aborts, or until it is clear that nothing can run. */
export async function startRuntime(
  config: RuntimeConfig,
  deps: RuntimeDeps,
  stop: AbortSignal,
): Promise<RuntimeResult> {
  const lock = lockStateDirectory(config.state);
  if (lock.type === "held") {
    return failed(
      `Cannot use state directory "${config.state}": another informd holds it. Stop that one, or name another directory with --state.`,
    );
  }
  if (lock.type === "failed")
    return failed(`Cannot use state directory "${config.state}": ${lock.reason}. Name another one with --state.`);
  try {
    return await runWithHandlers(config, deps, stop);
  } catch (error) {
    // Ctrl-C ends esbuild's process too: whatever was being built then has failed for that reason.
    if (stop.aborted) return { type: "stopped" };
    throw error;
  } finally {
    lock.release();
  }
}

/** Whoever edits saves twice within a moment, and formatters save once more. */
const SPARES_FOR_SAVES = 2;

async function runWithHandlers(config: RuntimeConfig, deps: RuntimeDeps, stop: AbortSignal): Promise<RuntimeResult> {
  const pool = new ProcessSandboxPool(deps.clock, {
    bundle: await guestBundle(),
    spares: config.watch ? SPARES_FOR_SAVES : 1,
  });
  try {
    const opened = await openHandlersDirectory(
      { clock: deps.clock, inspect: (program, signal) => pool.inspect(program, signal) },
      { directory: config.handlers, watch: config.watch, handlerApi: HANDLER_API, inSandbox: IN_SANDBOX_MODULES },
    );
    if (opened.type === "failed") {
      return failed(
        `Cannot read handlers directory "${config.handlers}": ${opened.reason}. Create it, or name another one with --handlers.`,
      );
    }
    const cluster = connect(config, deps);
    if (cluster instanceof ClusterConfigError) return failed(cluster.message);
    try {
      pool.warm();
      return await serve({ ...deps, config, pool, cluster, source: opened.source }, stop);
    } finally {
      await cluster.close();
    }
  } finally {
    await pool.close();
  }
}

function connect(
  { kubeconfig, context, environment }: RuntimeConfig,
  { clock }: RuntimeDeps,
): Cluster | ClusterConfigError {
  try {
    return createCluster({ config: loadClusterConfig({ kubeconfig, context, environment }), environment, clock });
  } catch (error) {
    if (error instanceof ClusterConfigError) return error;
    throw error;
  }
}

/** client-go waits for up to a minute; here whatever happened in a gap is told within 30 s of its end. */
const INFORMER_BACKOFF = { baseMs: 800, maxMs: 12_000, jitter: 1 };

interface ServeParts extends RuntimeDeps {
  readonly config: RuntimeConfig;
  readonly pool: ProcessSandboxPool;
  readonly cluster: Cluster;
  readonly source: HandlerSource;
}

async function serve(
  { config, clock, random, sink, pool, cluster, source }: ServeParts,
  stop: AbortSignal,
): Promise<RuntimeResult> {
  const logger = createLogger(sink, clock);
  const reachability = new Reachability(logger, cluster.server);
  const brokered = new AbortController();
  const informing = new AbortController();
  const { server, catalog, objects } = cluster;
  const listWatch = cluster.listWatch.bind(cluster);
  const observer = createClusterLog(logger, reachability);
  const factory = new SharedInformerFactory({ clock, random, listWatch, observer }, { backoff: INFORMER_BACKOFF });
  factory.start(informing.signal);
  const supervisor = new Supervisor({
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
      listWatch,
      namespace: config.namespace,
      broker: { objects, catalog, clock, logSink: sink, signal: brokered.signal },
    }),
    ledger: () => memoryLedger,
    observer: createHandlerLog(logger),
    dispatchObserver: (handler) => createRunLog(logger, handler, { tellsDone: config.log === "pretty" }),
  });
  try {
    logger.info("starting", { server, handlers: config.handlers, watch: config.watch, isolation: pool.isolation });
    const tellReady = (): void => void supervisor.ready.then((counts) => logger.info("ready", { ...counts }));
    return await follow({ supervisor, source, tellReady }, config, stop);
  } finally {
    logger.info("stopping", { graceMs: config.graceMs });
    await supervisor.close(config.graceMs);
    informing.abort();
    brokered.abort();
    await factory.shutdown();
    logger.info("stopped");
  }
}

interface FollowParts {
  readonly supervisor: Supervisor;
  readonly source: HandlerSource;
  /** Once the first handlers are known to be worth it. */
  readonly tellReady: () => void;
}

/** A source that is not watched ends after its first batch; the handlers go on. */
async function follow(
  { supervisor, source, tellReady }: FollowParts,
  { handlers, watch }: RuntimeConfig,
  stop: AbortSignal,
): Promise<RuntimeResult> {
  let isFirst = true;
  for await (const batch of source.batches(stop)) {
    supervisor.apply(batch);
    // While files are watched, a save can mend whatever is wrong with them.
    const problem = isFirst && !watch ? startProblem(batch, handlers) : undefined;
    if (problem !== undefined) return failed(problem);
    if (isFirst) tellReady();
    isFirst = false;
  }
  if (!stop.aborted) await new Promise((resolve) => stop.addEventListener("abort", resolve, { once: true }));
  return { type: "stopped" };
}

function startProblem({ revisions, failures, conflicts: [conflict] }: Batch, directory: string): string | undefined {
  if (conflict) {
    const files = conflict.files.map((file) => `"${file}"`).join(" and ");
    return `Cannot start handlers of "${directory}": ${files} have one id, "${conflict.handler}". Rename one of them.`;
  }
  if (revisions.length > 0) return undefined;
  return failures.length > 0
    ? `Cannot start handlers of "${directory}": none of them loads. The log says why for each; "informd check" shows it again.`
    : `Cannot start handlers of "${directory}": there is no handler file in it. Add one such as "pod-added.ts", or name another directory with --handlers.`;
}

function failed(message: string): RuntimeResult {
  return { type: "failed", message };
}
