import type { Clock, Timer } from "#kernel/clock.ts";

/** Calls `tick` again and again while it is switched on. */
export class ResyncTicker {
  readonly #clock: Clock;
  readonly #tick: () => void;
  #timer: Timer | undefined;

  constructor(clock: Clock, tick: () => void) {
    this.#clock = clock;
    this.#tick = tick;
  }

  /** From now on every `periodMs`; 0: not at all. */
  start(periodMs: number): void {
    this.stop();
    if (periodMs <= 0) return;
    const arm = (): void => {
      this.#timer = this.#clock.setTimer(periodMs, () => {
        arm();
        this.#tick();
      });
    };
    arm();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }
}
