import { type Clock, sleep } from "#kernel/clock.ts";
import type { TokenBucket } from "#kernel/token-bucket.ts";

interface Parts {
  readonly clock: Clock;
  /** Milliseconds that the handler's reads may keep the host busy. */
  readonly budget: TokenBucket;
  /** Is told each wait. */
  readonly onWaited: (waitedMs: number) => void;
}

/** When a handler may read, by what its reads have cost the host: while one is answered, no other handler is served. */
export class ReadTurns {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Rejects with the signal's reason as soon as it aborts. */
  async next(signal: AbortSignal): Promise<void> {
    const { clock, budget, onWaited } = this.#parts;
    const waitMs = budget.msUntil(0);
    if (waitMs === 0) return;
    await sleep(clock, waitMs, signal);
    onWaited(waitMs);
  }

  take<T>(read: () => T): T {
    const { clock, budget } = this.#parts;
    const startedAtMs = clock.monotonic();
    try {
      return read();
    } finally {
      budget.take(clock.monotonic() - startedAtMs);
    }
  }
}
