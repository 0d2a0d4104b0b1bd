import type { Clock } from "./clock.ts";

export interface TokenRate {
  /** How many tokens grow in a second. */
  readonly perSecond: number;
  /** How many there are at most, and at the start. */
  readonly burst: number;
}

/** Tokens that grow with time, as in client-go's `util/flowcontrol`. It can be overdrawn: what a task costs may be known afterwards only. */
export class TokenBucket {
  readonly #clock: Clock;
  readonly #rate: TokenRate;
  #tokens: number;
  /** Monotonic. */
  #filledAtMs: number;

  constructor(clock: Clock, rate: TokenRate) {
    this.#clock = clock;
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#filledAtMs = clock.monotonic();
  }

  take(tokens: number): void {
    this.#refill();
    this.#tokens -= tokens;
  }

  /** When there will be so many, in whole milliseconds; 0 if there are. */
  msUntil(tokens: number): number {
    this.#refill();
    return Math.max(0, Math.ceil(((tokens - this.#tokens) * 1_000) / this.#rate.perSecond));
  }

  #refill(): void {
    const nowMs = this.#clock.monotonic();
    const grown = ((nowMs - this.#filledAtMs) * this.#rate.perSecond) / 1_000;
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + grown);
    this.#filledAtMs = nowMs;
  }
}
