import type { Clock, Timer } from "#kernel/clock.ts";

/** Regular ticks. The first one comes after a random part of the period, so that those of many handlers are spread. */
export class ResyncTicks {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #tick: () => void;
  #periodMs: number | undefined;
  #timer: Timer | undefined;

  constructor(clock: Clock, random: () => number, tick: () => void) {
    this.#clock = clock;
    this.#random = random;
    this.#tick = tick;
  }

  /** Does nothing if the period is the same. `undefined`: no ticks. */
  every(periodMs: number | undefined): void {
    if (periodMs === this.#periodMs) return;
    this.stop();
    this.#periodMs = periodMs;
    if (periodMs !== undefined) this.#arm(periodMs, periodMs * this.#random());
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#periodMs = undefined;
  }

  #arm(periodMs: number, delayMs: number): void {
    this.#timer = this.#clock.setTimer(delayMs, () => {
      this.#arm(periodMs, periodMs);
      this.#tick();
    });
  }
}
