/**
 * The one ordered queue between the reflectors and the cache (client-go: the atomic RealFIFO of the_real_fifo.go).
 * Every delta is processed once, in order of arrival, across objects too: nothing is merged and nothing overtakes.
 * With nothing in the way a delta is processed in the tick in which it came. A long backlog is worked off in slices,
 * so that the event loop stays free.
 */
import type { Clock, Timer } from "#kernel/clock.ts";
import { Fifo } from "#kernel/fifo.ts";
import { WorkSlice } from "#kernel/work-slice.ts";
import type { RawObject } from "#resources/raw-object.ts";
import type { Member } from "../listeners/audience.ts";
import type { ResyncTarget } from "../listeners/resync-schedule.ts";

export type Delta =
  | { readonly type: "added" | "updated" | "deleted"; readonly object: RawObject }
  /** The complete state of `namespace` (`""`: of everything). What it lacks has been deleted. */
  | {
      readonly type: "replacedAll";
      readonly namespace: string;
      readonly objects: readonly RawObject[];
      readonly resourceVersion: string;
    }
  /** Tell these every cached object again. */
  | { readonly type: "syncAll"; readonly targets: readonly ResyncTarget[] }
  | { readonly type: "bookmark"; readonly resourceVersion: string }
  /** One who is told the whole cache, and from there on its changes. */
  | { readonly type: "joined"; readonly member: Member; readonly told: () => void }
  /** Something that reads the whole cache in steps, and wants it to stay the same meanwhile. */
  | { readonly type: "survey"; readonly steps: () => Iterable<void> };

/** Processes a delta; each `yield` is a place where the rest may wait for the next turn of the event loop. */
export type ProcessDelta = (delta: Delta) => Iterator<void, void>;

export class DeltaFifo {
  readonly #clock: Clock;
  readonly #process: ProcessDelta;
  #waiting = new Fifo<Delta>();
  #current: Iterator<void, void> | undefined;
  #running = false;
  #closed = false;
  #nextTurn: Timer | undefined;

  constructor(clock: Clock, process: ProcessDelta) {
    this.#clock = clock;
    this.#process = process;
  }

  /** Deltas that wait. */
  get length(): number {
    return this.#waiting.size;
  }

  /** Takes nothing once it is closed. */
  push(delta: Delta): void {
    if (this.#closed) return;
    this.#waiting.push(delta);
    if (!this.#running && this.#nextTurn === undefined) this.#work();
  }

  /** Drops what waits. Idempotent. */
  close(): void {
    this.#closed = true;
    this.#waiting = new Fifo();
    this.#nextTurn?.cancel();
  }

  #work(): void {
    const slice = new WorkSlice(this.#clock);
    this.#running = true;
    try {
      while (!this.#closed && this.#advance()) {
        if (slice.step()) return this.#continueNextTurn();
      }
    } finally {
      this.#running = false;
    }
  }

  /** One step of the current delta; false when there is nothing left to do. */
  #advance(): boolean {
    if (this.#current === undefined) {
      const delta = this.#waiting.shift();
      if (delta === undefined) return false;
      this.#current = this.#process(delta);
    }
    if (this.#current.next().done) this.#current = undefined;
    return true;
  }

  #continueNextTurn(): void {
    this.#nextTurn = this.#clock.setTimer(0, () => {
      this.#nextTurn = undefined;
      this.#work();
    });
  }
}
