import type { Clock, Timer } from "#kernel/clock.ts";
import { TokenBucket, type TokenRate } from "#kernel/token-bucket.ts";

/** Of records: twice what handlers are promised. */
const RATE: TokenRate = { perSecond: 10_000, burst: 10_000 };
/** A longer record counts as several. */
const RECORD_BYTES = 1024;

interface Pausable {
  pause(): void;
  resume(): void;
}

/**
 * Slows a handler down that logs more than a host can write out: its pipe is left full for a while, and nothing is dropped.
 */
export class LogThrottle {
  readonly #clock: Clock;
  readonly #source: Pausable;
  readonly #tokens: TokenBucket;
  #pause: Timer | undefined;

  constructor(clock: Clock, source: Pausable) {
    this.#clock = clock;
    this.#source = source;
    this.#tokens = new TokenBucket(clock, RATE);
  }

  /** One record has arrived, in a frame of so many bytes. */
  count(bytes: number): void {
    this.#tokens.take(Math.max(1, bytes / RECORD_BYTES));
    const debtMs = this.#tokens.msUntil(0);
    if (debtMs === 0 || this.#pause) return;
    this.#source.pause();
    this.#pause = this.#clock.setTimer(debtMs, () => {
      this.#pause = undefined;
      this.#source.resume();
    });
  }

  /** The source is gone. */
  stop(): void {
    this.#pause?.cancel();
  }
}
