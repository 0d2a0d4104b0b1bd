import type { Clock, Timer } from "#kernel/clock.ts";

export interface Pausable {
  pause(): void;
  resume(): void;
}

/** Leaves what a guest writes in its pipe for a while: it fills up, and nothing is dropped. */
export class HeldPipe {
  readonly #clock: Clock;
  readonly #source: Pausable;
  #pause: Timer | undefined;

  constructor(clock: Clock, source: Pausable) {
    this.#clock = clock;
    this.#source = source;
  }

  /** Returns false if there is nothing to wait for, or it is held already. */
  holdFor(ms: number): boolean {
    if (ms === 0 || this.#pause) return false;
    this.#source.pause();
    this.#pause = this.#clock.setTimer(ms, () => {
      this.#pause = undefined;
      this.#source.resume();
    });
    return true;
  }

  /** The source is gone. */
  stop(): void {
    this.#pause?.cancel();
  }
}
