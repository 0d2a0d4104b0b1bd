/** What metrics read when somebody scrapes, from those who have it. */
import type { HandlerHealth } from "../health/health-sources.ts";
import type { OwnMetric } from "./own-metrics.ts";

export interface MetricSources {
  ready(): boolean;
  apiServerReachable(): boolean;
  health(): readonly HandlerHealth[];
  backlogs(): readonly HandlerBacklog[];
  sandboxes(): readonly SandboxProcesses[];
  caches(): readonly CacheSize[];
  cacheBytes(): readonly CacheBytes[];
  ownMetrics(): readonly OwnMetric[];
  ownMetricDrops(): readonly OwnMetricDrops[];
}

/** Of objects, by what happens next. */
export interface HandlerBacklog {
  readonly handler: string;
  readonly queued: number;
  readonly waiting: number;
  readonly running: number;
  readonly parked: number;
}

/** The processes of one handler: one as a rule, and those of replaced revisions that still run something. */
export interface SandboxProcesses {
  readonly handler: string;
  readonly processIds: readonly number[];
  /** The option `memory` of the revision that serves. */
  readonly memoryBytes: number | undefined;
  /** The option `engine` of the revision that serves. */
  readonly engine: string | undefined;
}

/** One for each resource and namespace, over all informers of it. */
export interface CacheSize {
  /** `pods`, `deployments.apps` */
  readonly resource: string;
  /** `""` for all. */
  readonly namespace: string;
  readonly objects: number;
  readonly synced: boolean;
}

/** One for each resource, over all informers of it. */
export interface CacheBytes {
  readonly resource: string;
  readonly usedBytes: number;
  /** Taken from the system. */
  readonly allocatedBytes: number;
}

/** Samples of one handler that there was no room for. */
export interface OwnMetricDrops {
  readonly handler: string;
  readonly drops: number;
}
