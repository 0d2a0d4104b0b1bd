import type { Clock, Timer } from "#kernel/clock.ts";

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** A clock that stands still until it is advanced. Promise jobs run between timers, as they would in real time. */
export class FakeClock implements Clock {
  #time = 0;
  #order = 0;
  readonly #entries = new Set<Entry>();
  readonly #epoch: number;

  constructor(epoch = Date.UTC(2026, 0, 1)) {
    this.#epoch = epoch;
  }

  now(): number {
    return this.#epoch + this.#time;
  }

  monotonic(): number {
    return this.#time;
  }

  setTimer(delayMs: number, run: () => void): Timer {
    const entry: Entry = { at: this.#time + Math.max(0, delayMs), order: this.#order++, run };
    this.#entries.add(entry);
    return { cancel: () => void this.#entries.delete(entry) };
  }

  /** Timers that wait, soonest first, as milliseconds from now. */
  get pending(): readonly number[] {
    return this.#sorted().map(({ at }) => at - this.#time);
  }

  /** Time that one task takes: nothing else runs meanwhile. */
  pass(ms: number): void {
    this.#time += ms;
  }

  /** Runs everything that is due within `ms`, in order. */
  async advance(ms: number): Promise<void> {
    const end = this.#time + ms;
    await settle();
    for (let next = this.#sorted()[0]; next && next.at <= end; next = this.#sorted()[0]) {
      this.#time = next.at;
      this.#entries.delete(next);
      next.run();
      await settle();
    }
    this.#time = end;
  }

  #sorted(): Entry[] {
    return [...this.#entries].sort((a, b) => a.at - b.at || a.order - b.order);
  }
}

/** Lets every pending promise job run. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
