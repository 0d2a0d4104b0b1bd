import type { Clock } from "#kernel/clock.ts";
import type { Outcome, Run } from "#dispatch/ports.ts";
import type { Seeded } from "./seeded.ts";

type End = "done" | "requeue" | "skipped" | "failed" | "retryAfter" | "permanent" | "hang" | "crash";

/** How often runs end in which way. */
const MOODS: Readonly<Record<string, Readonly<Partial<Record<End, number>>>>> = {
  healthy: { done: 20, requeue: 2, skipped: 1 },
  flaky: { done: 10, requeue: 2, skipped: 2, failed: 6, retryAfter: 2, permanent: 2, hang: 1 },
  broken: { failed: 12, retryAfter: 1, permanent: 1 },
  deadly: { done: 2, hang: 5, crash: 5, failed: 2 },
  rest: { done: 1 },
};

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const ERROR = { name: "Error", message: "boom", stack: "" };

interface Process {
  readonly revision: number;
}

export interface HandlerRun {
  readonly run: Run;
  readonly process: Process;
  readonly end: End;
  readonly endsAt: number;
}

/** Runs that end after a while, in one process per revision that may die under them. */
export class FakeHandler {
  readonly #random: Seeded;
  readonly #clock: Clock;
  #process: Process | undefined;
  runs: readonly HandlerRun[] = [];
  mood = "flaky";

  constructor(random: Seeded, clock: Clock) {
    this.#random = random;
    this.#clock = clock;
  }

  /** The run that ends first. */
  get next(): HandlerRun | undefined {
    return this.runs.reduce<HandlerRun | undefined>(
      (first, one) => (first && first.endsAt <= one.endsAt ? first : one),
      undefined,
    );
  }

  start(run: Run): void {
    const end = this.#random.weighted(MOODS[this.mood] ?? {});
    const takes =
      end === "hang" ? 30 * SECOND : this.#random.next() * this.#random.pick([5, 200, 3 * SECOND, 20 * SECOND]);
    if (this.#process?.revision !== run.revision) this.#process = { revision: run.revision };
    this.runs = [...this.runs, { run, process: this.#process, end, endsAt: this.#clock.monotonic() + takes }];
  }

  forget(run: Run): void {
    this.runs = this.runs.filter((one) => one.run !== run);
  }

  /** The runs that were in the process. */
  kill(process: Process): readonly HandlerRun[] {
    if (this.#process === process) this.#process = undefined;
    return this.runs.filter((one) => one.process === process);
  }

  outcome(end: Exclude<End, "hang" | "crash">): Outcome {
    const delay = this.#random.pick([SECOND, 30 * SECOND, 5 * MINUTE]);
    if (end === "requeue") return { type: "done", requeueAfterMs: delay };
    if (end === "retryAfter") return { type: "failed", error: ERROR, retryAfterMs: delay };
    return end === "failed" || end === "permanent" ? { type: end, error: ERROR } : { type: end };
  }

  /** How a run ends whose process died. */
  death(run: Run, culprit: Run | undefined): Outcome {
    if (culprit === undefined) return { type: "crashed", error: ERROR };
    return run === culprit ? { type: "timedOut", error: ERROR } : { type: "innocent" };
  }
}
