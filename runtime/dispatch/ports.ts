/** What dispatch needs from others. It knows no API server, no process and no file. */
import type { ResourceIdentity } from "#resources/api-resource.ts";
import type { RawObject } from "#resources/raw-object.ts";

export type EventType = "added" | "updated" | "deleted" | "unselected";
export type Cause = "initial" | "live" | "relist" | "missed" | "selected" | "reload" | "resync" | "requeue" | "replay";

/** One event on its way to a handler. `object` and `old` are owned copies. */
export interface Delivery {
  /** `<uid>/<resourceVersion>/<type>` */
  readonly id: string;
  readonly type: EventType;
  readonly resource: ResourceIdentity;
  readonly object: RawObject;
  /** What the handler last finished: for `updated` and `unselected`. */
  readonly old: RawObject | undefined;
  readonly finalStateUnknown: boolean;
  readonly cause: Cause;
  /** From 1. */
  readonly attempt: number;
  /** Milliseconds since the epoch: when the informer showed what is told here. */
  readonly observedAt: number;
}

/** How a run ended. */
export type Outcome =
  | { readonly type: "done"; readonly requeueAfterMs?: number }
  /** `when` was false. */
  | { readonly type: "skipped" }
  | { readonly type: "failed"; readonly error: RunError; readonly retryAfterMs?: number }
  | { readonly type: "permanent"; readonly error: RunError }
  | { readonly type: "timedOut"; readonly error: RunError }
  | { readonly type: "crashed"; readonly error: RunError }
  /** Its process was killed because of another run. */
  | { readonly type: "innocent" };

export interface RunError {
  readonly name: string;
  readonly message: string;
  /** Mapped to the handler's source. */
  readonly stack: string;
}

/** Runs deliveries on the revision that serves now. Each started run is answered by exactly one `finish`. */
export interface Runner {
  start(run: Run): void;
}

export interface Run {
  /** Unique within the dispatcher. */
  readonly number: number;
  readonly delivery: Delivery;
  /** The generation of the handler's code, counted by `Dispatcher.reload`. */
  readonly revision: number;
}

/** What the informer holds for the handler's resource and namespaces. */
export interface CacheView {
  get(key: string): RawObject | undefined;
  values(): Iterable<RawObject>;
}

/** Remembers what was finished, so that a restart does not tell it again. */
export interface Ledger {
  /** Called before the slot is freed. `version` is undefined when nothing is finished any more (deleted, unselected). */
  finished(key: string, version: RawObject | undefined): void;
}
