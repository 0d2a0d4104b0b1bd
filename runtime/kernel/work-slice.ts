import type { Clock } from "./clock.ts";

const SLICE_STEPS = 500;
const SLICE_MS = 10;

/** How much may be done in one turn of the event loop: so many steps or so many milliseconds, whichever comes first. */
export class WorkSlice {
  readonly #clock: Clock;
  readonly #startedAt: number;
  #steps = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedAt = clock.monotonic();
  }

  /** Counts one step; true when the rest belongs into the next turn. */
  step(): boolean {
    this.#steps += 1;
    return this.#steps >= SLICE_STEPS || this.#clock.monotonic() - this.#startedAt >= SLICE_MS;
  }
}
