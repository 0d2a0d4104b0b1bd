import { Backoff } from "#kernel/backoff.ts";
import type { ActiveRun } from "./slot.ts";
import type { Outcome } from "./ports.ts";

const FAILURES_IN_A_ROW = 10;
const OBJECTS = 3;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 300_000;

/**
 * A handler whose runs all fail: the cause is probably elsewhere (a webhook is down), so attempts are not burned.
 * One run at a time is tried, at doubling waits, until one returns.
 */
export class Failing {
  readonly #backoff = new Backoff({ baseMs: FIRST_WAIT_MS, maxMs: LONGEST_WAIT_MS });
  readonly #objects = new Set<string>();
  #failures = 0;
  #until: number | undefined;

  /** When the next probe may start, in monotonic milliseconds. `undefined`: not failing. */
  get until(): number | undefined {
    return this.#until;
  }

  /** @param hasMoreObjectsThan whether the handler has more objects than that many; asked only when it matters */
  judge(run: ActiveRun, outcome: Outcome, now: number, hasMoreObjectsThan: (count: number) => boolean): void {
    switch (outcome.type) {
      case "done":
        return this.reset();
      case "failed":
      case "timedOut":
      case "crashed":
        return this.#failed(run, now, hasMoreObjectsThan);
      case "skipped":
      case "permanent":
      case "innocent":
        return;
    }
  }

  reset(): void {
    this.#backoff.reset();
    this.#objects.clear();
    this.#failures = 0;
    this.#until = undefined;
  }

  #failed(run: ActiveRun, now: number, hasMoreObjectsThan: (count: number) => boolean): void {
    if (this.#until !== undefined) {
      if (run.probe) this.#until = now + this.#backoff.next();
      return;
    }
    this.#failures++;
    if (this.#objects.size < OBJECTS) this.#objects.add(run.slot.key);
    const { size } = this.#objects;
    if (this.#failures < FAILURES_IN_A_ROW || (size < OBJECTS && hasMoreObjectsThan(size))) return;
    this.#until = now + this.#backoff.next();
  }
}
