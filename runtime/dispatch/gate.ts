import { Failing } from "./failing.ts";
import type { Health } from "./ports.ts";
import { Quarantine } from "./quarantine.ts";

/** How many runs of the handler may be in flight now. */
export class Gate {
  readonly failing = new Failing();
  readonly quarantine = new Quarantine();
  paused = false;
  closed = false;

  limit(now: number, concurrency: number): number {
    if (this.paused || this.closed) return 0;
    const opensAt = this.#opensAt;
    if (opensAt === undefined) return concurrency;
    return opensAt > now ? 0 : 1;
  }

  /** When the gate opens by itself, in monotonic milliseconds; `undefined` if it is open or stays shut. */
  opensAfter(now: number): number | undefined {
    const opensAt = this.#opensAt;
    return this.paused || this.closed || opensAt === undefined || opensAt <= now ? undefined : opensAt;
  }

  health(now: number): Health {
    const { until: probeAt } = this.quarantine;
    if (probeAt !== undefined) return { type: "quarantined", retryInMs: Math.max(0, probeAt - now) };
    const { until } = this.failing;
    return until === undefined ? { type: "healthy" } : { type: "failing", retryInMs: Math.max(0, until - now) };
  }

  /** New code has not failed yet. */
  reset(): void {
    this.failing.reset();
    this.quarantine.reset();
  }

  get #opensAt(): number | undefined {
    const { until: a } = this.failing;
    const { until: b } = this.quarantine;
    return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
  }
}
