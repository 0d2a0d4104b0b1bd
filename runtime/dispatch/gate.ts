import { Failing } from "./failing.ts";
import type { Health } from "./ports.ts";
import { Quarantine } from "./quarantine.ts";

const HEALTHY: Health = { type: "healthy" };

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
    const opensAt = this.#opensAt;
    if (opensAt === undefined) return HEALTHY;
    const retryInMs = Math.max(0, opensAt - now);
    const failing = this.failing.until !== undefined;
    return this.quarantine.until === undefined
      ? { type: "failing", retryInMs }
      : { type: "quarantined", retryInMs, failing };
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

export function sameHealth(a: Health, b: Health): boolean {
  if (a.type === "healthy" || b.type === "healthy") return a === b;
  return a.type === b.type && a.retryInMs === b.retryInMs;
}
