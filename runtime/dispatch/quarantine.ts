import { Backoff } from "#kernel/backoff.ts";
import type { Outcome } from "./ports.ts";

const DEATHS = 5;
const WINDOW_MS = 60_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 300_000;

/** A handler whose process keeps dying: no process is started for a doubling wait, then one run is tried. */
export class Quarantine {
  readonly #backoff = new Backoff({ baseMs: FIRST_WAIT_MS, maxMs: LONGEST_WAIT_MS });
  #deaths: number[] = [];
  #until: number | undefined;

  /** When the next probe may start, in monotonic milliseconds. `undefined`: not quarantined. */
  get until(): number | undefined {
    return this.#until;
  }

  processDied(now: number): void {
    this.#deaths = [...this.#deaths, now].filter((at) => at > now - WINDOW_MS);
    if (this.#until === undefined && this.#deaths.length < DEATHS) return;
    this.#until = now + this.#backoff.next();
  }

  /** Any end of a run that its process survived shows that it can live. */
  judge(outcome: Outcome): void {
    if (outcome.type !== "timedOut" && outcome.type !== "crashed" && outcome.type !== "innocent") this.#release();
  }

  reset(): void {
    this.#deaths = [];
    this.#release();
  }

  #release(): void {
    this.#backoff.reset();
    this.#until = undefined;
  }
}
