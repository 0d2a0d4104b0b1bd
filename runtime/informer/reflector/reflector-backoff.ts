import { Backoff, type BackoffOptions } from "#kernel/backoff.ts";
import type { Clock } from "#kernel/clock.ts";

/** client-go up to 1.35: `NewExponentialBackoffManager` starts again after two minutes in which nothing asked for a wait. */
const RESET_AFTER_MS = 120_000;

/** The waits of one reflector. They start small again after a quiet time, not after a success: a flapping server is not hammered. */
export class ReflectorBackoff {
  readonly #clock: Clock;
  readonly #backoff: Backoff;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, options: BackoffOptions) {
    this.#clock = clock;
    this.#backoff = new Backoff(options);
  }

  /** The next wait in milliseconds. */
  next(): number {
    const now = this.#clock.monotonic();
    if (now - this.#askedAt > RESET_AFTER_MS) this.#backoff.reset();
    this.#askedAt = now;
    return this.#backoff.next();
  }
}
