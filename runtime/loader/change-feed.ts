import type { Clock, Timer } from "#kernel/clock.ts";

/** A save is over when nothing was heard for this long. */
const QUIET_MS = 20;
/** Somebody who never stops writing is looked at all the same. */
const LONGEST_QUIET_MS = 250;

/** What may have changed. */
export interface Touched {
  readonly paths: ReadonlySet<string>;
  /** When the first of it was heard. Monotonic milliseconds. */
  readonly seenAt: number;
}

/** Gathers paths that may have changed until it is worth looking at them. For one reader. */
export class ChangeFeed {
  readonly #clock: Clock;
  readonly #timers = new Set<Timer>();
  #heard = new Set<string>();
  #firstHeard = 0;
  #quiet: Timer | undefined;
  #ready: Touched | undefined;
  #reader: PromiseWithResolvers<void> | undefined;
  readonly #interests = new Map<AbortController, ReadonlySet<string>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Something happened to `path`; more may follow. */
  touch(path: string): void {
    const now = this.#clock.monotonic();
    if (this.#heard.size === 0) this.#firstHeard = now;
    this.#heard.add(path);
    for (const [touched, paths] of this.#interests) if (paths.has(path)) touched.abort();
    this.#quiet?.cancel();
    const waitMs = Math.min(QUIET_MS, this.#firstHeard + LONGEST_QUIET_MS - now);
    this.#quiet = this.#clock.setTimer(waitMs, () => {
      const heard = this.#heard;
      this.#heard = new Set();
      this.#release(heard, this.#firstHeard);
    });
  }

  /** Calls `work` with a signal that aborts as soon as something happens to one of `paths`. */
  async whileUntouched<Result>(
    paths: Iterable<string>,
    work: (touched: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const touched = new AbortController();
    this.#interests.set(touched, new Set(paths));
    return work(touched.signal).finally(() => this.#interests.delete(touched));
  }

  /** Makes the reader look at `paths` after `delayMs`, whatever is heard. */
  suspect(paths: Iterable<string>, delayMs: number): void {
    const timer = this.#clock.setTimer(delayMs, () => {
      this.#timers.delete(timer);
      this.#release(paths, this.#clock.monotonic());
    });
    this.#timers.add(timer);
  }

  /** What to look at; waits for it. Rejects with the signal's reason. */
  async next(signal: AbortSignal): Promise<Touched> {
    signal.throwIfAborted();
    if (!this.#ready) {
      this.#reader = Promise.withResolvers();
      const abort = (): void => this.#reader?.reject(signal.reason);
      signal.addEventListener("abort", abort, { once: true });
      await this.#reader.promise.finally(() => signal.removeEventListener("abort", abort));
    }
    const ready = this.#ready ?? { paths: new Set(), seenAt: this.#clock.monotonic() };
    this.#ready = undefined;
    return ready;
  }

  /** Drops every timer. */
  close(): void {
    this.#quiet?.cancel();
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }

  #release(paths: Iterable<string>, seenAt: number): void {
    const before = this.#ready ?? { paths: new Set<string>(), seenAt };
    this.#ready = { paths: before.paths.union(new Set(paths)), seenAt: Math.min(before.seenAt, seenAt) };
    this.#reader?.resolve();
  }
}
