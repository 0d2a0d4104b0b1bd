/** The caches of one handler in a real cluster, and the newest object in them. */
import { createOpenCaches } from "#assembly/caches/open-caches.ts";
import { Reachability } from "#assembly/reachability.ts";
import type { BrokerDeps } from "#broker/ports.ts";
import { SharedInformerFactory } from "#informer/shared-informer-factory.ts";
import type { Clock } from "#kernel/clock.ts";
import { fieldOf, textOf } from "#kernel/json-value.ts";
import type { Cluster } from "#kubernetes/cluster.ts";
import type { Revision } from "#loader/revision.ts";
import { createLogger } from "#observability/create-logger.ts";
import { compareVersions } from "#resources/compare-versions.ts";
import { ownedCopy, parseObject, type RawObject } from "#resources/raw-object.ts";
import type { OpenedCaches } from "./opened-caches.ts";

export interface ClusterCachesDeps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly cluster: Cluster;
  /** `undefined`: all. */
  readonly namespace: string | undefined;
  readonly broker: Omit<BrokerDeps, "objects" | "catalog" | "signal">;
}

/** The first problem decides: nobody waits for a role to be bound. */
export async function openClusterCaches(
  { clock, random, cluster, namespace, broker }: ClusterCachesDeps,
  { handler, options }: Revision,
  signal: AbortSignal,
): Promise<OpenedCaches> {
  const { server, catalog, objects } = cluster;
  const listWatch = cluster.listWatch.bind(cluster);
  const stop = new AbortController();
  const factory = new SharedInformerFactory({ clock, random, listWatch });
  factory.start(stop.signal);
  const close = async (): Promise<void> => {
    stop.abort();
    await factory.shutdown();
  };
  const open = createOpenCaches({
    clock,
    catalog,
    server,
    reachability: new Reachability(
      createLogger(() => {}, clock),
      server,
    ),
    factory,
    listWatch,
    namespace,
    broker: { ...broker, objects, catalog, signal: stop.signal },
  });
  const gaveUp = new AbortController();
  try {
    const caches = await open(
      { handler, options },
      (reason) => gaveUp.abort(reason),
      AbortSignal.any([gaveUp.signal, signal]),
    );
    return { type: "opened", caches, warnings: [], show: () => {}, close };
  } catch (error) {
    await close();
    if (gaveUp.signal.aborted) return { type: "failed", message: String(gaveUp.signal.reason) };
    throw error;
  }
}

/** By its creationTimestamp. `undefined`: the handler matches none. */
export function newestObject(
  objects: Iterable<RawObject>,
  matches: (object: RawObject) => boolean,
): RawObject | undefined {
  let newest: { readonly object: RawObject; readonly created: string } | undefined;
  for (const object of objects) {
    if (!matches(object)) continue;
    const created = textOf(fieldOf(parseObject(object), "metadata"), "creationTimestamp") ?? "";
    const isNewer =
      newest === undefined ||
      created > newest.created ||
      (created === newest.created && isLater(object.resourceVersion, newest.object.resourceVersion));
    if (isNewer) newest = { object: ownedCopy(object), created };
  }
  return newest?.object;
}

/** Only to choose among objects of one second: versions that are no numbers tell nothing. */
function isLater(a: string, b: string): boolean {
  return (compareVersions(a, b) ?? 0) > 0;
}
