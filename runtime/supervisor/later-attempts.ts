import { Backoff } from "#kernel/backoff.ts";
import type { Clock, Timer } from "#kernel/clock.ts";

/** The waits of a quarantine. */
const BACKOFF = { baseMs: 1000, maxMs: 5 * 60_000 };

/** When to start a revision again whose process did not come up: after waits that grow until something else is to be started. */
export class LaterAttempts {
  readonly #clock: Clock;
  readonly #backoff = new Backoff(BACKOFF);
  #next: Timer | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  schedule(attempt: () => void): void {
    this.#next = this.#clock.setTimer(this.#backoff.next(), attempt);
  }

  cancel(): void {
    this.#next?.cancel();
    this.#backoff.reset();
  }
}
