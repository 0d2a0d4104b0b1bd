import type { Clock, Timer } from "#kernel/clock.ts";

/** A save is over when nothing was heard for this long. */
const QUIET_MS = 20;
/** Somebody who never stops writing is looked at all the same. */
const LONGEST_SAVE_MS = 250;
/** What is written is heard of within this time. */
const HEARING_MS = 5;

/** What may have changed. */
export interface Touched {
  readonly paths: ReadonlySet<string>;
  /** When the first of it was heard. Monotonic milliseconds. */
  readonly seenAt: number;
}

/** Gathers paths that may have changed, and knows when whoever changes them has come to an end. For one reader. */
export class ChangeFeed {
  readonly #clock: Clock;
  readonly #timers = new Set<Timer>();
  readonly #listeners = new Set<(path: string) => void>();
  #heard: { readonly paths: Set<string>; readonly seenAt: number } | undefined;
  #lastTouch = Number.NEGATIVE_INFINITY;
  #lastRead = Number.NEGATIVE_INFINITY;
  /** The first touch since the last silence. */
  #busySince = Number.NEGATIVE_INFINITY;
  #wake: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Something happened to `path`; more may follow. */
  touch(path: string): void {
    const now = this.#clock.monotonic();
    if (now - this.#lastTouch >= QUIET_MS) this.#busySince = now;
    this.#lastTouch = now;
    this.#hear([path]);
    for (const listener of this.#listeners) listener(path);
  }

  /** Tells the reader of `paths` after `delayMs`, whatever is heard. */
  suspect(paths: Iterable<string>, delayMs: number): void {
    const timer = this.#clock.setTimer(delayMs, () => {
      this.#timers.delete(timer);
      this.#hear(paths);
    });
    this.#timers.add(timer);
  }

  /** Files were read: that may be more than what was heard of. */
  read(): void {
    this.#lastRead = this.#clock.monotonic();
  }

  /** Calls `listener` with each path at the moment in which it is touched. Returns how to stop. */
  onTouch(listener: (path: string) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Resolves as soon as there is something to take. Rejects with the signal's reason. */
  async heard(signal: AbortSignal): Promise<void> {
    while (!this.#heard) await this.#sleep(Number.POSITIVE_INFINITY, signal);
  }

  get hasHeard(): boolean {
    return this.#heard !== undefined;
  }

  /** What was heard since the last time. */
  take(): Touched {
    const heard = this.#heard ?? { paths: new Set(), seenAt: this.#clock.monotonic() };
    this.#heard = undefined;
    return heard;
  }

  /**
   * Waits until a save has come to its end. Resolves with false as soon as there is more to take.
   * Rejects with the signal's reason.
   */
  async quiet(signal: AbortSignal): Promise<boolean> {
    for (;;) {
      if (this.#heard) return false;
      const overAt = Math.max(this.#lastTouch + QUIET_MS, this.#lastRead + HEARING_MS);
      const waitMs = overAt - this.#clock.monotonic();
      if (waitMs <= 0) return true;
      await this.#sleep(waitMs, signal);
    }
  }

  /** Whether somebody writes on and on in a save that began at `since`. */
  isRestless(since: number): boolean {
    return this.#lastTouch - Math.max(this.#busySince, since) >= LONGEST_SAVE_MS;
  }

  /** Drops every timer. */
  close(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }

  #hear(paths: Iterable<string>): void {
    this.#heard ??= { paths: new Set(), seenAt: this.#clock.monotonic() };
    for (const path of paths) this.#heard.paths.add(path);
    this.#wake();
  }

  /** Until something is heard, at most `limitMs`. */
  async #sleep(limitMs: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const abort = (): void => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    const timer = Number.isFinite(limitMs) ? this.#clock.setTimer(limitMs, resolve) : undefined;
    this.#wake = resolve;
    try {
      await promise;
    } finally {
      timer?.cancel();
      signal.removeEventListener("abort", abort);
    }
  }
}
