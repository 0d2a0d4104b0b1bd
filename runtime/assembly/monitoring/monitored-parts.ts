import type { Meters } from "#broker/metrics/meters.ts";
import type { SharedInformerFactory } from "#informer/shared-informer-factory.ts";
import type { HealthSources } from "#observability/health/health-sources.ts";
import type { MetricSources } from "#observability/metrics/metric-sources.ts";
import type { Supervisor } from "#supervisor/supervisor.ts";
import type { Reachability } from "../reachability.ts";
import { cacheBytes, cacheSizes } from "./cache-sizes.ts";
import type { FileFailures } from "./file-failures.ts";
import { handlerHealth } from "./handler-health.ts";
import { informerHealth } from "./informer-health.ts";
import type { Refusals } from "./refusals.ts";

/** The parts of the runtime that are looked at. */
export interface MonitoredParts {
  /** The API server's URL. */
  readonly server: string;
  readonly supervisor: Pick<Supervisor, "statuses" | "ready">;
  readonly factory: Pick<SharedInformerFactory, "informers">;
  readonly reachability: Pick<Reachability, "isReachable">;
}

/** What has to be remembered because no part of the runtime does. */
export interface Remembered {
  readonly failures: FileFailures;
  readonly refusals: Refusals;
  readonly meters: Meters;
}

/** Reads the parts when somebody asks. @param parts `undefined` until they are there */
export function sourcesOf(
  parts: () => MonitoredParts | undefined,
  { failures, refusals, meters }: Remembered,
): HealthSources & Omit<MetricSources, "ready"> {
  const statuses = () => parts()?.supervisor.statuses ?? [];
  const informers = () => parts()?.factory.informers ?? [];
  const isReachable = () => parts()?.reachability.isReachable ?? true;
  const handlers = () => handlerHealth(statuses(), refusals.reasons, failures.reasons);
  return {
    handlers,
    informers: () => informerHealth(informers()),
    apiServer: () => ({ url: parts()?.server ?? "", reachable: isReachable() }),
    apiServerReachable: isReachable,
    health: handlers,
    backlogs: () => statuses().map(({ handler, counts }) => ({ handler, ...counts })),
    sandboxes: () =>
      statuses().map(({ handler, processIds, memoryBytes, engine }) => ({ handler, processIds, memoryBytes, engine })),
    caches: () => cacheSizes(informers()),
    cacheBytes: () => cacheBytes(informers()),
    ownMetrics: () => meters.metrics,
    ownMetricDrops: () => meters.drops,
  };
}
