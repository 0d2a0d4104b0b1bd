import type { Clock } from "./clock.ts";

const SLICE_STEPS = 500;
const SLICE_MS = 10;

/** How much may be done in one turn of the event loop: so many steps or so many milliseconds, whichever comes first. */
export class WorkSlice {
  readonly #clock: Clock;
  #startedAt = 0;
  #steps = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts one step; true when the rest belongs into the next turn. The time runs from the first step on. */
  step(): boolean {
    const now = this.#clock.monotonic();
    if (this.#steps === 0) this.#startedAt = now;
    this.#steps += 1;
    return this.#steps >= SLICE_STEPS || now - this.#startedAt >= SLICE_MS;
  }
}
