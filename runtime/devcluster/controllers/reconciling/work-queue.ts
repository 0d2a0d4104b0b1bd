import type { Clock, Timer } from "#kernel/clock.ts";
import { WorkSlice } from "#kernel/work-slice.ts";

export interface WorkQueueOptions {
  readonly clock: Clock;
  /** Returns after how many milliseconds to look again; `undefined`: not before it is added. A throw is tried again. */
  readonly work: (key: string) => number | undefined;
  /** Told of each throw, and how many in a row that makes; `true`: it is worth another attempt. */
  readonly failed: (key: string, error: unknown, failures: number) => boolean;
}

/** Doubles with each attempt. */
const FIRST_RETRY_MS = 10;
const LONGEST_RETRY_MS = 5_000;

/** Keys that wait for work, each once, worked on in turns of their own: never while somebody adds one. */
export class WorkQueue {
  readonly #options: WorkQueueOptions;
  readonly #waiting = new Set<string>();
  readonly #timers = new Map<string, Timer>();
  readonly #failures = new Map<string, number>();
  #turn: Timer | undefined;
  #stopped = false;

  constructor(options: WorkQueueOptions) {
    this.#options = options;
  }

  add(key: string): void {
    if (this.#stopped) return;
    this.#timers.get(key)?.cancel();
    this.#timers.delete(key);
    this.#waiting.add(key);
    this.#turn ??= this.#options.clock.setTimer(0, () => this.#work());
  }

  /** Idempotent. Nothing is worked on afterwards. */
  stop(): void {
    this.#stopped = true;
    this.#turn?.cancel();
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
    this.#waiting.clear();
  }

  #work(): void {
    this.#turn = undefined;
    const slice = new WorkSlice(this.#options.clock);
    for (const key of this.#waiting) {
      this.#waiting.delete(key);
      this.#workOn(key);
      if (slice.step()) break;
    }
    if (this.#waiting.size > 0 && !this.#stopped) this.#turn ??= this.#options.clock.setTimer(0, () => this.#work());
  }

  #workOn(key: string): void {
    const againMs = this.#attempt(key);
    // A change that came meanwhile has added the key already.
    if (againMs !== undefined && !this.#waiting.has(key)) this.#addAfter(key, againMs);
  }

  #attempt(key: string): number | undefined {
    const failures = (this.#failures.get(key) ?? 0) + 1;
    this.#failures.delete(key);
    try {
      return this.#options.work(key);
    } catch (error) {
      if (!this.#options.failed(key, error, failures)) return undefined;
      this.#failures.set(key, failures);
      return Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS);
    }
  }

  #addAfter(key: string, delayMs: number): void {
    if (this.#stopped) return;
    this.#timers.set(
      key,
      this.#options.clock.setTimer(delayMs, () => this.add(key)),
    );
  }
}
