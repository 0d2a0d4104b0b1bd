import type { Clock, Timer } from "#kernel/clock.ts";
import { LinkedAbort } from "#kernel/linked-abort.ts";
import type { WatchQuery, WatchSink } from "#kubernetes/list-watch.ts";
import type { RawObject } from "#resources/raw-object.ts";
import type { ScannedObject } from "#resources/scanned-object.ts";
import { requestFailed, type ReflectorFailure } from "./reflector-failure.ts";
import { Snapshot, type ObjectMemory } from "./snapshot.ts";
import { runWatch, type Watcher, type WatchRun } from "./watch-run.ts";

/** A server that knows watch-lists sends the end of the initial events right behind the last one. */
const STALL_MS = 30_000;
/** A server that does not know them may go on with live events for ever. */
const WHOLE_MS = 120_000;

export interface WatchListDeps {
  readonly clock: Clock;
  readonly client: Watcher;
  readonly memory: ObjectMemory;
  readonly belongs: (object: ScannedObject) => boolean;
  /** Takes the complete state. Whatever follows on the stream goes to the sink that `live` makes then. */
  readonly complete: (objects: readonly RawObject[], resourceVersion: string) => void;
  readonly live: () => WatchSink;
}

export type WatchListResult =
  /** The state was complete, and the stream was a watch from there to its end. */
  | { readonly type: "streamed"; readonly run: WatchRun }
  | { readonly type: "failed"; readonly failure: ReflectorFailure };

/** Takes the complete state and then the live events from one stream (KEP-3157). Shows nothing before the state is complete. */
export async function streamList(
  deps: WatchListDeps,
  query: Omit<WatchQuery, "sendInitialEvents">,
  signal: AbortSignal,
): Promise<WatchListResult> {
  const stream = new LinkedAbort(signal);
  const initial = new InitialEvents(deps, () => stream.abort());
  try {
    const run = await runWatch(deps, { ...query, sendInitialEvents: true }, initial, stream.signal);
    return initial.isComplete ? { type: "streamed", run } : { type: "failed", failure: failureOf(run) };
  } catch (error) {
    signal.throwIfAborted();
    if (!stream.signal.aborted) throw error;
    return { type: "failed", failure: incomplete("the end of the initial events did not come") };
  } finally {
    initial.close();
    stream.release();
  }
}

function failureOf({ end }: WatchRun): ReflectorFailure {
  if (end.type === "failed") return requestFailed("watch-list", end.failure);
  return incomplete("the stream was closed before the end of the initial events");
}

function incomplete(message: string): ReflectorFailure {
  return { during: "watch-list", kind: "incomplete-watch-list", message };
}

/** Collects until the end is announced, then passes everything on. */
class InitialEvents implements WatchSink {
  readonly #deps: WatchListDeps;
  readonly #snapshot: Snapshot;
  readonly #stalled: () => void;
  readonly #whole: Timer;
  /** Runs from when the server has accepted the stream: a busy one may be long about that. */
  #stall: Timer | undefined;
  #live: WatchSink | undefined;

  constructor(deps: WatchListDeps, stalled: () => void) {
    this.#deps = deps;
    this.#snapshot = new Snapshot(deps.memory);
    this.#stalled = stalled;
    this.#whole = deps.clock.setTimer(WHOLE_MS, stalled);
  }

  get isComplete(): boolean {
    return this.#live !== undefined;
  }

  close(): void {
    this.#whole.cancel();
    this.#stall?.cancel();
    this.#snapshot.discard();
  }

  opened(): void {
    if (this.#live) this.#live.opened();
    else this.#expectMore();
  }

  event(...[type, object]: Parameters<WatchSink["event"]>): void {
    if (this.#live) return this.#live.event(type, object);
    this.#expectMore();
    if (!this.#deps.belongs(object)) return;
    if (type === "DELETED") this.#snapshot.remove(object);
    else this.#snapshot.add(object);
  }

  bookmark(resourceVersion: string, initialEventsEnd: boolean): void {
    if (this.#live) return this.#live.bookmark(resourceVersion, initialEventsEnd);
    if (!initialEventsEnd) return;
    this.#deps.complete(this.#snapshot.take(), resourceVersion);
    this.#live = this.#deps.live();
    this.#live.opened();
    this.close();
  }

  unknown(type: string, resourceVersion: string): void {
    this.#live?.unknown(type, resourceVersion);
  }

  #expectMore(): void {
    this.#stall?.cancel();
    this.#stall = this.#deps.clock.setTimer(STALL_MS, this.#stalled);
  }
}
