import type { Clock, Timer } from "./clock.ts";

export interface RateLimit {
  /** How many may begin in a second, over time. */
  readonly perSecond: number;
  /** How many may begin at once after a quiet time. */
  readonly burst: number;
  /** How many may run at the same time. */
  readonly atOnce: number;
}

/** Runs tasks in the order in which they came, no faster than its limit: a bucket of tokens, as in client-go's `util/flowcontrol`. */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #limit: RateLimit;
  readonly #waiting = new Set<() => void>();
  #tokens: number;
  /** Monotonic. */
  #filledAtMs: number;
  #running = 0;
  #timer: Timer | undefined;

  constructor(clock: Clock, limit: RateLimit) {
    this.#clock = clock;
    this.#limit = limit;
    this.#tokens = limit.burst;
    this.#filledAtMs = clock.monotonic();
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
    this.#refill();
    this.#tokens -= tokens;
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
    this.#refill();
    for (const begin of this.#waiting) {
      if (this.#running >= this.#limit.atOnce) return;
      if (this.#tokens < 1) {
        const untilNextMs = Math.ceil(((1 - this.#tokens) * 1_000) / this.#limit.perSecond);
        this.#timer = this.#clock.setTimer(untilNextMs, () => this.#admit());
        return;
      }
      this.#waiting.delete(begin);
      this.#tokens--;
      this.#running++;
      begin();
    }
  }

  #refill(): void {
    const nowMs = this.#clock.monotonic();
    const grown = ((nowMs - this.#filledAtMs) * this.#limit.perSecond) / 1_000;
    this.#tokens = Math.min(this.#limit.burst, this.#tokens + grown);
    this.#filledAtMs = nowMs;
  }
}
