import type { Clock } from "#kernel/clock.ts";
import { TokenBucket, type TokenRate } from "#kernel/token-bucket.ts";
import { HeldPipe, type Pausable } from "./held-pipe.ts";

/** Of records: twice what handlers are promised. */
const RATE: TokenRate = { perSecond: 10_000, burst: 10_000 };
/** A longer record counts as several. */
const RECORD_BYTES = 1024;

/** Slows a handler down that logs more than a host can write out. */
export class LogThrottle {
  readonly #pipe: HeldPipe;
  readonly #tokens: TokenBucket;

  constructor(clock: Clock, source: Pausable) {
    this.#pipe = new HeldPipe(clock, source);
    this.#tokens = new TokenBucket(clock, RATE);
  }

  /** One record has arrived, in a frame of so many bytes. */
  count(bytes: number): void {
    this.#tokens.take(Math.max(1, bytes / RECORD_BYTES));
    this.#pipe.holdFor(this.#tokens.msUntil(0));
  }

  /** The source is gone. */
  stop(): void {
    this.#pipe.stop();
  }
}
