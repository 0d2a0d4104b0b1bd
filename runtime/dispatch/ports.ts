/** What dispatch needs from others. It knows no API server, no process and no file. */
import type { Cause, EventType } from "#handler-api/events.ts";
import type { Clock } from "#kernel/clock.ts";
import type { ResourceIdentity } from "#resources/api-resource.ts";
import type { RawObject } from "#resources/raw-object.ts";

export type { Cause, EventType };

export interface DispatcherDeps {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly runner: Runner;
  readonly cache: CacheView;
  readonly ledger: Ledger;
  readonly observer: DispatchObserver;
}

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
  /** Where it was thrown, if that is in a file of the handler; 1-based. */
  readonly at?: { readonly file: string; readonly line: number; readonly column: number };
  /** The source around `at`, as text. */
  readonly frame?: string;
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

/** One change of the cache, told in the tick in which the cache shows it. */
export interface ObjectChange {
  readonly key: string;
  readonly before: RawObject | undefined;
  readonly after: RawObject | undefined;
  /** The final state of a deleted object; `undefined` if it was missed. */
  readonly last: RawObject | undefined;
  /** Found by comparing after a gap. */
  readonly relist: boolean;
  /** The cache has lost it, but it exists: it has left a selector that the API server applies. @default false */
  readonly left?: boolean;
}

/** Remembers what was finished, so that a restart does not tell it again. */
export interface Ledger {
  /**
   * Called before the slot is freed. `version` is undefined when nothing is finished any more (deleted, unselected).
   * Only its header may be read.
   */
  finished(key: string, version: RawObject | undefined): void;
}

/** An event that is not tried again by itself. It holds no content of the object: dead letters of Secrets must be harmless. */
export interface DeadLetter {
  readonly event: Pick<Delivery, "id" | "type" | "resource" | "cause" | "observedAt">;
  readonly key: string;
  readonly error: RunError;
  readonly attempts: number;
  /** The generation of the handler's code that failed last. */
  readonly revision: number;
  /** Milliseconds since the epoch. */
  readonly diedAt: number;
}

/** What a run's end led to. */
export type Verdict =
  | { readonly type: "finished" }
  | { readonly type: "retry"; readonly attempt: number; readonly inMs: number }
  | { readonly type: "dead" }
  /** A reload put the object out of scope meanwhile. */
  | { readonly type: "forgotten" };

/** How the handler as a whole is doing. While it is held back one run at a time is tried, the next one `retryInMs` from now. */
export type Health =
  | { readonly type: "healthy" }
  | { readonly type: "failing"; readonly retryInMs: number }
  /** `failing`: its runs also fail as a whole. */
  | { readonly type: "quarantined"; readonly retryInMs: number; readonly failing: boolean };

/** Sees everything, changes nothing. Called synchronously; must not call back. */
export interface DispatchObserver {
  started(run: Run): void;
  ended(run: Run, outcome: Outcome, verdict: Verdict, durationMs: number): void;
  /** The handler does not listen to this difference. */
  finishedSilently(type: EventType, object: RawObject): void;
  deadLetter(letter: DeadLetter): void;
  healthChanged(health: Health): void;
  /** Too many objects came and went unseen: this one is not told. `total` counts from 1. */
  forgotten(object: RawObject, total: number): void;
}
