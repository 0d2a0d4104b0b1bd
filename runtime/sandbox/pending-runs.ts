import type { Clock, Timer } from "#kernel/clock.ts";
import type { EventKey, RunEnd } from "./sandbox.ts";

interface PendingRun {
  readonly key: EventKey;
  readonly resolve: (end: RunEnd) => void;
  /** Of the calls that it makes. */
  readonly calls: AbortController;
  timer: Timer;
  expired: boolean;
  /** The event loop answered after the deadline. */
  answered: boolean;
}

/** The runs of one sandbox that have not ended, each with its deadline. */
export class PendingRuns {
  readonly #clock: Clock;
  readonly #runs = new Map<number, PendingRun>();
  #last = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#runs.size;
  }

  numbers(): Iterable<number> {
    return this.#runs.keys();
  }

  key(run: number): EventKey | undefined {
    return this.#runs.get(run)?.key;
  }

  /** Aborts once nobody waits for what the run has called. */
  signal(run: number): AbortSignal | undefined {
    return this.#runs.get(run)?.calls.signal;
  }

  /** `onDeadline` is called once, if the run has not ended by then. */
  add(key: EventKey, timeoutMs: number, onDeadline: (run: number) => void) {
    const run = ++this.#last;
    const { promise: ended, resolve } = Promise.withResolvers<RunEnd>();
    const timer = this.#clock.setTimer(timeoutMs, () => onDeadline(run));
    this.#runs.set(run, { key, resolve, calls: new AbortController(), timer, expired: false, answered: false });
    return { run, ended };
  }

  /** The run is over time; `onGraceOver` is called if it has not ended by then. */
  expire(run: number, graceMs: number, onGraceOver: () => void): void {
    const pending = this.#runs.get(run);
    if (!pending) return;
    pending.expired = true;
    pending.calls.abort(new DOMException("the deadline has passed", "AbortError"));
    pending.timer = this.#clock.setTimer(graceMs, onGraceOver);
  }

  /** The event loop is alive. */
  answered(): void {
    for (const pending of this.#runs.values()) pending.answered ||= pending.expired;
  }

  /** Returns false if there is no such run. One that is over time has timed out, whatever it said. */
  settle(run: number, end: RunEnd): boolean {
    const pending = this.#runs.get(run);
    if (!pending) return false;
    this.#runs.delete(run);
    pending.timer.cancel();
    pending.resolve(pending.expired ? { type: "timedOut", how: "late" } : end);
    return true;
  }

  /** The process is gone. Runs that were over time have timed out, for the others `end` holds. */
  settleAll(end: RunEnd): void {
    for (const { timer, resolve, calls, expired, answered } of this.#runs.values()) {
      timer.cancel();
      calls.abort(new DOMException("the process is gone", "AbortError"));
      resolve(expired ? { type: "timedOut", how: answered ? "unsettled" : "blocked" } : end);
    }
    this.#runs.clear();
  }
}
