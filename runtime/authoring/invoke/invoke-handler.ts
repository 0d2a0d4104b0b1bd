/**
 * Runs one handler once, in the sandbox in which the runtime runs it, and says all that came of it.
 * Without a cluster it reads what is given, and its writes go nowhere; with one they are dry runs unless it is asked to keep them.
 */
import { openFetchNetwork } from "#assembly/open-fetch-network.ts";
import type { BrokerDeps, KubeWrite } from "#broker/ports.ts";
import { createHandlerPaces } from "#broker/handler-paces.ts";
import { Meters } from "#broker/metrics/meters.ts";
import type { Clock } from "#kernel/clock.ts";
import { ClusterConfigError } from "#kubernetes/cluster-config-error.ts";
import type { Cluster } from "#kubernetes/cluster.ts";
import type { Revision } from "#loader/revision.ts";
import type { LogRecord } from "#observability/logger.ts";
import { guestBundle } from "#sandbox/guest-bundle.ts";
import { ProcessSandboxPool } from "#sandbox/sandbox-pool.ts";
import { RevisionServer } from "#supervisor/revision-server.ts";
import { connect } from "../connect.ts";
import { type ChosenEvent, chooseEvent } from "./chosen-event.ts";
import { openClusterCaches } from "./cluster-caches.ts";
import { findHandler } from "./find-handler.ts";
import { type GivenObjects, readGiven } from "./objects/given-objects.ts";
import type { InvokeRequest, InvokeResult } from "./invoke-request.ts";
import { openOfflineCaches } from "./offline/offline-caches.ts";
import type { OpenedCaches } from "./opened-caches.ts";
import { findOwnResource, type OwnResource } from "./own-resource.ts";
import type { Defaults } from "./objects/raw-object-of.ts";

export interface InvokeDeps {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
}

export async function invokeHandler(
  deps: InvokeDeps,
  request: InvokeRequest,
  signal: AbortSignal,
): Promise<InvokeResult> {
  const given = readGiven(request);
  if (given.type === "failed") return given;
  const pool = new ProcessSandboxPool(deps.clock, { bundle: await guestBundle() });
  try {
    const inspect = pool.inspect.bind(pool);
    const found = await findHandler({ clock: deps.clock, inspect }, request, signal);
    if (found.type !== "found") return found;
    const { revision } = found;
    const { environment, cluster: wanted } = request;
    const cluster = wanted && connect(wanted, { clock: deps.clock, environment }, { dryRun: !wanted.live });
    if (cluster instanceof ClusterConfigError) return noCluster(cluster, request);
    try {
      return await invoke({ ...deps, request, given, revision, pool, cluster }, signal);
    } finally {
      await cluster?.close();
    }
  } finally {
    await pool.close();
  }
}

function noCluster({ message }: ClusterConfigError, { object, cluster }: InvokeRequest): InvokeResult {
  const isNamed = cluster?.kubeconfig !== undefined || cluster?.context !== undefined;
  if (object !== undefined || isNamed) return { type: "failed", message };
  return {
    type: "failed",
    message: `${message} Without a cluster, give the object with --object FILE.`,
  };
}

interface InvokeParts extends InvokeDeps {
  readonly request: InvokeRequest;
  readonly given: GivenObjects;
  readonly revision: Revision;
  readonly pool: ProcessSandboxPool;
  readonly cluster: Cluster | undefined;
}

async function invoke(parts: InvokeParts, signal: AbortSignal): Promise<InvokeResult> {
  const { request, given, revision, clock, cluster } = parts;
  const own = await findOwnResource({ cluster, revision, given }, signal);
  if (own.type === "failed") return own;
  const logs: LogRecord[] = [];
  const writes: KubeWrite[] = [];
  const network = openFetchNetwork(clock, { environment: request.environment, server: cluster?.server });
  const meters = new Meters();
  const broker = {
    clock,
    network,
    metrics: meters,
    paces: createHandlerPaces(clock),
    logSink: (record: LogRecord) => void logs.push(record),
    onWrite: (write: KubeWrite) => void (write.result === "ok" && writes.push(write)),
  };
  const now = clock.now();
  const namespace = request.namespace ?? cluster?.namespace ?? "default";
  const defaults = { namespace, now: new Date(now).toISOString() };
  const opened = await openCaches(parts, own, { broker, defaults }, signal);
  if (opened.type === "failed") return opened;
  try {
    const { resource } = own;
    const { caches, warnings } = opened;
    const chosen = chooseEvent({ request, given, revision, resource, caches, defaults, now });
    if (chosen.type === "failed") return chosen;
    opened.show(chosen.delivery);
    const run = await runOnce(parts, opened, chosen, signal);
    signal.throwIfAborted();
    const writesAre = cluster === undefined ? "notSent" : request.cluster?.live ? "kept" : "dryRun";
    const { id, type, object } = chosen.delivery;
    const event = { id, type, key: object.key };
    const { metrics } = meters;
    const { doubts } = chosen;
    return {
      type: "ran",
      handler: revision.handler,
      event,
      ...run,
      logs,
      writes,
      writesAre,
      metrics,
      doubts,
      warnings,
    };
  } finally {
    await network.close();
    await opened.close();
  }
}

type InvokeBroker = Pick<BrokerDeps, "clock" | "logSink" | "metrics" | "network" | "onWrite" | "paces">;

async function openCaches(
  { clock, random, request: { namespace }, given: { cache }, revision, cluster }: InvokeParts,
  { resource, catalog }: Extract<OwnResource, { type: "found" }>,
  { broker, defaults }: { readonly broker: InvokeBroker; readonly defaults: Omit<Defaults, "resource"> },
  signal: AbortSignal,
): Promise<OpenedCaches> {
  if (cluster) return openClusterCaches({ clock, random, cluster, namespace, broker }, revision, signal);
  const request = { revision, resource, catalog, given: cache, defaults, namespace };
  return openOfflineCaches({ ...broker, catalog, signal }, request);
}

async function runOnce(
  { pool, request, revision, clock }: InvokeParts,
  { caches }: Extract<OpenedCaches, { type: "opened" }>,
  { delivery }: Extract<ChosenEvent, { type: "chosen" }>,
  signal: AbortSignal,
) {
  const server = new RevisionServer({ pool, env: request.environment, onDeath: () => {} }, revision, caches);
  const stop = (): void => void server.stop();
  signal.addEventListener("abort", stop, { once: true });
  try {
    await server.open();
    const startedAt = clock.monotonic();
    const outcome = await server.run(delivery);
    return { outcome, durationMs: clock.monotonic() - startedAt };
  } finally {
    signal.removeEventListener("abort", stop);
    await server.stop();
  }
}
