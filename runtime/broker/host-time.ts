import type { Clock } from "#kernel/clock.ts";
import type { TokenBucket } from "#kernel/token-bucket.ts";

const MINUTE_MS = 60_000;

interface Parts {
  readonly clock: Clock;
  /** Milliseconds that the handler may keep the host busy. */
  readonly budget: TokenBucket;
  /** Is told for how long the handler was held back, within a minute. */
  readonly onHeldBack: (heldBackMs: number) => void;
}

/** What it costs the host to take what a handler writes and to answer what it reads: meanwhile no other handler is served. */
export class HostTime {
  readonly #parts: Parts;
  #minuteBeganAtMs = -Infinity;
  #heldBackMs = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** How long nothing more is to be taken from the handler, in milliseconds. */
  get waitMs(): number {
    return this.#parts.budget.msUntil(0);
  }

  spend<T>(work: () => T): T {
    const { clock, budget } = this.#parts;
    const startedAtMs = clock.monotonic();
    try {
      return work();
    } finally {
      budget.take(clock.monotonic() - startedAtMs);
    }
  }

  heldBack(forMs: number): void {
    const { clock, onHeldBack } = this.#parts;
    const nowMs = clock.monotonic();
    if (nowMs - this.#minuteBeganAtMs >= MINUTE_MS) {
      this.#minuteBeganAtMs = nowMs;
      this.#heldBackMs = 0;
    }
    this.#heldBackMs += forMs;
    onHeldBack(this.#heldBackMs);
  }
}
