import type { Clock, Timer } from "./clock.ts";
import { TokenBucket, type TokenRate } from "./token-bucket.ts";

/** How many tasks may begin: one for each token. */
export interface RateLimit extends TokenRate {
  /** How many may run at the same time. */
  readonly atOnce: number;
}

/** Runs tasks in the order in which they came, no faster than its limit. */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #atOnce: number;
  readonly #tokens: TokenBucket;
  readonly #waiting = new Set<() => void>();
  #running = 0;
  #timer: Timer | undefined;

  constructor(clock: Clock, limit: RateLimit) {
    this.#clock = clock;
    this.#atOnce = limit.atOnce;
    this.#tokens = new TokenBucket(clock, limit);
  }

  /** What the task gives. Rejects with the signal's reason, if it aborts while the task still waits; then the task never runs. */
  async run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T> {
    await this.#turn(signal);
    try {
      return await task();
    } finally {
      this.#running--;
      this.#admit();
    }
  }

  /** Takes tokens for what a task has turned out to cost beyond its own: whoever comes next waits until they are there again. */
  charge(tokens: number): void {
    this.#tokens.take(tokens);
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const begin = (): void => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const leave = (): void => {
        this.#waiting.delete(begin);
        this.#admit();
        reject(signal.reason);
      };
      signal.addEventListener("abort", leave, { once: true });
      this.#waiting.add(begin);
      this.#admit();
    });
  }

  #admit(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    for (const begin of this.#waiting) {
      if (this.#running >= this.#atOnce) return;
      const untilNextMs = this.#tokens.msUntil(1);
      if (untilNextMs > 0) {
        this.#timer = this.#clock.setTimer(untilNextMs, () => this.#admit());
        return;
      }
      this.#waiting.delete(begin);
      this.#tokens.take(1);
      this.#running++;
      begin();
    }
  }
}
