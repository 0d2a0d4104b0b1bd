import type { Clock, Timer } from "#kernel/clock.ts";
import type { EventKey, RunEnd } from "./sandbox.ts";

interface PendingRun {
  readonly key: EventKey;
  readonly resolve: (end: RunEnd) => void;
  /** Monotonic milliseconds. */
  readonly deadline: number;
  /** Of the calls that it makes. */
  readonly calls: AbortController;
  callsInFlight: number;
  timer: Timer;
  expired: boolean;
  /** The event loop answered after the deadline. */
  answered: boolean;
}

/** A call that a run makes, until it is answered. */
export interface RunCall {
  readonly key: EventKey;
  /** Aborts once nobody waits for the answer. */
  readonly signal: AbortSignal;
  /** It is answered. */
  end(): void;
}

/** The runs of one sandbox that have not ended, each with its deadline, which holds for what they have called also when they have ended. */
export class PendingRuns {
  readonly #clock: Clock;
  readonly #runs = new Map<number, PendingRun>();
  /** They have ended, and calls of theirs have not. */
  readonly #outlived = new Set<PendingRun>();
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

  /** `undefined` if there is no such run any more. */
  startCall(run: number): RunCall | undefined {
    const pending = this.#runs.get(run);
    if (!pending) return undefined;
    pending.callsInFlight++;
    const end = (): void => {
      if (--pending.callsInFlight === 0 && this.#outlived.delete(pending)) pending.timer.cancel();
    };
    return { key: pending.key, signal: pending.calls.signal, end };
  }

  /** `onDeadline` is called once, if the run has not ended by then. */
  add(key: EventKey, timeoutMs: number, onDeadline: (run: number) => void) {
    const run = ++this.#last;
    const { promise: ended, resolve } = Promise.withResolvers<RunEnd>();
    const timer = this.#clock.setTimer(timeoutMs, () => onDeadline(run));
    const deadline = this.#clock.monotonic() + timeoutMs;
    const calls = new AbortController();
    const state = { callsInFlight: 0, timer, expired: false, answered: false };
    this.#runs.set(run, { key, resolve, deadline, calls, ...state });
    return { run, ended };
  }

  /** The run is over time; `onGraceOver` is called if it has not ended by then. */
  expire(run: number, graceMs: number, onGraceOver: () => void): void {
    const pending = this.#runs.get(run);
    if (!pending) return;
    pending.expired = true;
    abortCalls(pending);
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
    if (pending.callsInFlight > 0) this.#outlive(pending);
    pending.resolve(pending.expired ? { type: "timedOut", how: "late" } : end);
    return true;
  }

  /** The process is gone. Runs that were over time have timed out, for the others `end` holds. */
  settleAll(end: RunEnd): void {
    for (const { timer, calls } of [...this.#runs.values(), ...this.#outlived]) {
      timer.cancel();
      calls.abort(new DOMException("the process is gone", "AbortError"));
    }
    for (const { resolve, expired, answered } of this.#runs.values()) {
      resolve(expired ? { type: "timedOut", how: answered ? "unsettled" : "blocked" } : end);
    }
    this.#runs.clear();
    this.#outlived.clear();
  }

  #outlive(pending: PendingRun): void {
    this.#outlived.add(pending);
    pending.timer = this.#clock.setTimer(pending.deadline - this.#clock.monotonic(), () => abortCalls(pending));
  }
}

function abortCalls({ calls }: PendingRun): void {
  calls.abort(new DOMException("the deadline has passed", "AbortError"));
}
