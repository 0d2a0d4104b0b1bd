/** What `invoke` is asked, and what comes of it. */
import type { KubeWrite } from "#broker/ports.ts";
import type { Outcome } from "#dispatch/ports.ts";
import type { EventType } from "#handler-api/events.ts";
import type { Problem } from "#loader/revision.ts";
import type { LogRecord } from "#observability/logger.ts";
import type { OwnMetric } from "#observability/metrics/own-metrics.ts";
import type { GivenText } from "../given/given-files.ts";

export interface InvokeRequest {
  /** An id, or a path of the handler's file. */
  readonly handler: string;
  /** Where that path begins, absolute. */
  readonly cwd: string;
  /** The handlers directory, absolute. */
  readonly directory: string;
  /** `undefined`: the newest one in the caches. */
  readonly object: GivenText | undefined;
  /** `undefined`: the object itself. */
  readonly old: GivenText | undefined;
  /** What the handler's caches hold. Only without a cluster. `undefined`: reading them fails. */
  readonly cache: readonly GivenText[] | undefined;
  /** `undefined`: `added`, or what the handler listens to. */
  readonly event: EventType | undefined;
  /** Of the caches, and of an object that names none. `undefined`: all, and the context's or `default`. */
  readonly namespace: string | undefined;
  /** `undefined`: none, `kube` reads nothing and writes nowhere. */
  readonly cluster: InvokeCluster | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface InvokeCluster {
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  /** The API server keeps what the handler writes. */
  readonly live: boolean;
}

export type InvokeResult =
  | Invocation
  /** The handler's file does not load. */
  | { readonly type: "notLoaded"; readonly problems: readonly Problem[] }
  /** `message` says what to do. */
  | { readonly type: "failed"; readonly message: string };

export interface Invocation {
  readonly type: "ran";
  readonly handler: string;
  readonly event: {
    readonly id: string;
    readonly type: EventType;
    /** `namespace/name` */
    readonly key: string;
  };
  readonly outcome: Outcome;
  readonly durationMs: number;
  readonly logs: readonly LogRecord[];
  readonly writes: readonly KubeWrite[];
  /** What became of the writes. */
  readonly writesAre: "notSent" | "dryRun" | "kept";
  /** What the handler measured. */
  readonly metrics: readonly OwnMetric[];
  /** Why the runtime would not have told the handler this event. */
  readonly doubts: readonly string[];
  /** What was given in vain. A sentence each. */
  readonly warnings: readonly string[];
}
