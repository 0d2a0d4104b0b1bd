import type { Clock, Timer } from "#kernel/clock.ts";

/** One timer, set to the next moment at which something can start. */
export class Alarm {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #at: number | undefined;
  #timer: Timer | undefined;

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** @param at monotonic milliseconds; `undefined`: never */
  set(at: number | undefined): void {
    if (at === this.#at) return;
    this.#timer?.cancel();
    this.#at = at;
    this.#timer = at === undefined ? undefined : this.#clock.setTimer(at - this.#clock.monotonic(), () => this.#fire());
  }

  #fire(): void {
    this.#at = undefined;
    this.#timer = undefined;
    this.#ring();
  }
}
