import type { Clock, Timer } from "#kernel/clock.ts";

/** Twice what handlers are promised. */
const RECORDS_PER_SECOND = 10_000;
/** A longer record counts as several. */
const RECORD_BYTES = 1024;

interface Pausable {
  pause(): void;
  resume(): void;
}

/**
 * Slows a handler down that logs more than a host can write out: its pipe is left full for a while, and nothing is dropped.
 * What it may save up is one second.
 */
export class LogThrottle {
  readonly #clock: Clock;
  readonly #source: Pausable;
  #left = RECORDS_PER_SECOND;
  #countedAt: number;
  #pause: Timer | undefined;

  constructor(clock: Clock, source: Pausable) {
    this.#clock = clock;
    this.#source = source;
    this.#countedAt = clock.monotonic();
  }

  /** One record has arrived, in a frame of so many bytes. */
  count(bytes: number): void {
    const now = this.#clock.monotonic();
    const earned = ((now - this.#countedAt) * RECORDS_PER_SECOND) / 1000;
    this.#left = Math.min(RECORDS_PER_SECOND, this.#left + earned) - Math.max(1, bytes / RECORD_BYTES);
    this.#countedAt = now;
    if (this.#left >= 0 || this.#pause) return;
    this.#source.pause();
    this.#pause = this.#clock.setTimer((-this.#left * 1000) / RECORDS_PER_SECOND, () => {
      this.#pause = undefined;
      this.#source.resume();
    });
  }

  /** The source is gone. */
  stop(): void {
    this.#pause?.cancel();
  }
}
