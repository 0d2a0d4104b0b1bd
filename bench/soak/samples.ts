import { readdirSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { childrenOf, cpuMsOf, residentMbOf } from "../process-cost.ts";

export interface Sample {
  readonly atMs: number;
  readonly hostMb: number;
  readonly hostFds: number;
  readonly hostCpuMs: number;
  readonly processes: number;
  /** Resident in all of them, shared pages counted in each. */
  readonly processesMb: number;
}

/** What a host and its processes hold, from time to time. */
export class Samples {
  readonly taken: Sample[] = [];
  readonly #pid: number;
  readonly #startedAt = performance.now();

  constructor(pid: number) {
    this.#pid = pid;
  }

  /** Until the signal aborts. */
  async every(intervalMs: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.taken.push(this.#take());
      await delay(intervalMs, undefined, { signal }).catch(() => {});
    }
  }

  #take(): Sample {
    const processes = descendantsOf(this.#pid);
    return {
      atMs: performance.now() - this.#startedAt,
      hostMb: residentMbOf(this.#pid),
      hostFds: readdirSync(`/proc/${this.#pid}/fd`).length,
      hostCpuMs: cpuMsOf(this.#pid),
      processes: processes.length,
      processesMb: processes.map(residentOrNone).reduce((sum, one) => sum + one, 0),
    };
  }
}

function descendantsOf(pid: number): number[] {
  const children = childrenOf(pid);
  return [...children, ...children.flatMap((child) => orNone(() => descendantsOf(child)) ?? [])];
}

/** A process may have ended meanwhile. */
function residentOrNone(pid: number): number {
  const mb = orNone(() => residentMbOf(pid)) ?? 0;
  return Number.isNaN(mb) ? 0 : mb;
}

function orNone<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
