/**
 * The pending work of one handler for one object. A slot that does not exist means: finished with what the cache holds
 * if that matches, and else with nothing. So an idle handler holds nothing per object.
 */
import type { FifoEntry } from "#kernel/fifo.ts";
import type { HeapEntry } from "#kernel/heap.ts";
import type { RawObject } from "#resources/raw-object.ts";
import type { Cause, EventType, Run } from "./ports.ts";

/** `bulk`: initial, reload and resync. Everything else is `live`. */
export type Lane = "live" | "bulk";

export type Phase =
  /** Not decided: new, or the cache is ahead of the changes that were told. */
  | { readonly type: "unsettled" }
  | { readonly type: "queued"; readonly lane: Lane; readonly entry: FifoEntry<Slot> }
  | { readonly type: "waiting"; readonly entry: HeapEntry<Slot> }
  | { readonly type: "running"; readonly run: ActiveRun }
  /** Its last event is a dead letter: only a newer version or a replay goes on. */
  | { readonly type: "parked" };

/** One life of the object: a name can be deleted and created again while its first life still has something to tell. */
export interface Generation {
  readonly uid: string;
  /** While it lives, the cache's own object: only its header may be read later. An owned copy once it is gone. */
  newest: RawObject;
  observedAt: number;
  gone: boolean;
  /** Gone from the cache only: it has left a selector that the API server applies. */
  left: boolean;
  finalStateUnknown: boolean;
  /** A run of it has started. */
  begun: boolean;
}

/** A run in flight, and what its end has to know about its start. */
export interface ActiveRun extends Run {
  readonly slot: Slot;
  readonly lane: Lane;
  /** Monotonic milliseconds. */
  readonly startedAt: number;
  /** `false`: a requeue or a resync. */
  readonly tellsDifference: boolean;
  /** The object was gone when the run started. */
  readonly ofGone: boolean;
  /** A pending repeat was due: this run is it, even if it told a difference. */
  readonly coversRepeat: boolean;
  /** Started while the handler was failing. */
  readonly probe: boolean;
  /** A reload put its object out of scope: its end counts for nobody. */
  forgotten: boolean;
}

/** A run without a difference. `at` is monotonic milliseconds. */
export interface Repeat {
  readonly cause: "requeue" | "resync";
  readonly at: number;
}

export class Slot {
  /** `pods`, `deployments.apps` */
  readonly resource: string;
  readonly key: string;
  phase: Phase = { type: "unsettled" };
  lane: Lane;
  /**
   * The version of the first generation that the handler last finished. An owned copy once something else is so now;
   * until then the cache holds the same version, and a copy would only cost memory.
   */
  handled: RawObject | undefined;
  generations: Generation[] = [];
  attempt = 1;
  /** Monotonic milliseconds. */
  notBefore = 0;
  again: Repeat | undefined;
  /** What first made the work that no run has taken up yet. */
  cause: Cause | undefined;
  /** What last changed the object. */
  latestCause: Cause;

  constructor(resource: string, key: string, lane: Lane, cause: Cause) {
    this.resource = resource;
    this.key = key;
    this.lane = lane;
    this.cause = cause;
    this.latestCause = cause;
  }

  get head(): Generation | undefined {
    return this.generations[0];
  }

  get last(): Generation | undefined {
    return this.generations.at(-1);
  }

  /** A version of the object, or of another one with its name. */
  arrive(object: RawObject, observedAt: number): void {
    const { last } = this;
    const life = { newest: object, observedAt, gone: false, left: false, finalStateUnknown: false };
    if (last && last.uid === object.uid && (last.left || !last.gone)) Object.assign(last, life);
    else this.generations.push({ uid: object.uid, begun: false, ...life });
  }

  noteCause(cause: Cause, now: number): void {
    this.latestCause = cause;
    const repeatIsDue = this.phase.type !== "running" && this.again !== undefined && this.again.at <= now;
    this.cause ??= repeatIsDue ? this.again?.cause : cause;
  }

  /** Only a success moves `handled`; so does an event that the handler does not listen to. */
  finished(type: EventType, object: RawObject): void {
    if (type === "deleted") this.leave();
    else if (type === "unselected") {
      this.handled = undefined;
      this.again = undefined;
      this.startOver();
    } else this.handled = object;
  }

  /** The first generation is over: nothing of it counts for the next object of that name. */
  leave(): void {
    this.generations.shift();
    this.handled = undefined;
    this.again = undefined;
    this.startOver();
  }

  /** The next run is the first attempt, and due at once. */
  startOver(): void {
    this.attempt = 1;
    this.notBefore = 0;
  }
}
