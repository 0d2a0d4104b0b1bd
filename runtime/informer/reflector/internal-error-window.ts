import type { Clock } from "#kernel/clock.ts";

/** client-go: `minResetPeriod` in reflector.go. */
const RESET_AFTER_MS = 60_000;

/** For how long a watch that reports internal errors is simply opened again (client-go: retry_with_deadline.go). */
export class InternalErrorWindow {
  readonly #clock: Clock;
  readonly #maxMs: number;
  #firstAt: number | undefined;
  #lastAt = Number.NEGATIVE_INFINITY;

  /** @param maxMs 0: never open it again */
  constructor(clock: Clock, maxMs: number) {
    this.#clock = clock;
    this.#maxMs = maxMs;
  }

  /** Call once for each internal error. */
  mayReopen(): boolean {
    if (this.#maxMs <= 0) return false;
    const now = this.#clock.monotonic();
    if (now - this.#lastAt >= RESET_AFTER_MS) this.#firstAt = undefined;
    this.#firstAt ??= now;
    this.#lastAt = now;
    if (now - this.#firstAt <= this.#maxMs) return true;
    this.#firstAt = undefined;
    return false;
  }
}
