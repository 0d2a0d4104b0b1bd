import type { Clock, Timer } from "#kernel/clock.ts";

interface Entry {
  readonly at: number;
  readonly run: () => void;
}

/** A clock that is moved by hand and calls its timers synchronously. */
export class StillClock implements Clock {
  time = 0;
  readonly #timers = new Set<Entry>();

  now(): number {
    return this.time;
  }

  monotonic(): number {
    return this.time;
  }

  setTimer(delayMs: number, run: () => void): Timer {
    const entry = { at: this.time + Math.max(0, delayMs), run };
    this.#timers.add(entry);
    return { cancel: () => void this.#timers.delete(entry) };
  }

  /** When the next timer is due; Infinity if there is none. */
  get nextAt(): number {
    return Math.min(Infinity, ...Array.from(this.#timers, ({ at }) => at));
  }

  /** Calls what is due. */
  ring(): void {
    for (const entry of [...this.#timers].sort((a, b) => a.at - b.at)) {
      if (entry.at > this.time || !this.#timers.delete(entry)) continue;
      entry.run();
    }
  }
}
