import { joinDispatchObservers, joinSupervisorObservers } from "#assembly/observers.ts";
import type { DispatchObserver, Outcome } from "#dispatch/ports.ts";
import { memoryLedger } from "#ledger/memory-ledger.ts";
import type { Batch } from "#loader/revision.ts";
import type { SupervisorObserver } from "#supervisor/observer.ts";
import { Supervisor } from "#supervisor/supervisor.ts";
import { FakeClock, settle } from "./fake-clock.ts";
import { batch } from "./revisions.ts";
import { SubstituteCaches } from "./substitute-caches.ts";
import { type PendingRun, SubstitutePool } from "./substitute-pool.ts";

/** Who looks on beside the bench. */
export interface Onlookers {
  readonly observer?: Partial<SupervisorObserver>;
  readonly dispatchObserver?: (handler: () => string) => Partial<DispatchObserver>;
}

/** A supervisor with real dispatchers, on processes, caches and a clock that a test moves. */
export class SupervisorBench {
  readonly clock = new FakeClock();
  readonly pool = new SubstitutePool();
  readonly caches = new SubstituteCaches();
  /** What was observed, one line each. */
  readonly seen: string[] = [];
  readonly outcomes: Outcome["type"][] = [];
  readonly supervisor: Supervisor;

  constructor(env: Readonly<Record<string, string>> = {}, { observer, dispatchObserver }: Onlookers = {}) {
    this.supervisor = new Supervisor({
      clock: this.clock,
      random: () => 0.5,
      pool: this.pool,
      openCaches: this.caches.open,
      env,
      observer: joinSupervisorObservers([this.#observer(), observer ?? {}]),
      ledger: () => memoryLedger,
      dispatchObserver: (handler) =>
        joinDispatchObservers([
          {
            ended: (_run, outcome) => void this.outcomes.push(outcome.type),
            healthChanged: (health) => void this.seen.push(health.type),
          },
          dispatchObserver?.(handler) ?? {},
        ]),
    });
  }

  /** Applies a batch and lets everything that can happen at once happen. */
  async apply(fields: Partial<Batch>): Promise<void> {
    this.supervisor.apply(batch(fields));
    await settle();
  }

  /** Writes a pod. */
  async pod(name: string, resourceVersion: string): Promise<void> {
    this.caches.write("pods", { key: `default/${name}`, uid: `uid-${name}`, resourceVersion });
    await settle();
  }

  /** Runs in flight as `code type key`. */
  get told(): string[] {
    return this.inFlight.map(({ event, sandbox }) => {
      const { namespace, name } = event.key;
      return `${sandbox.program.code} ${String(event.header["type"])} ${namespace}/${name}`;
    });
  }

  get inFlight(): PendingRun[] {
    return this.pool.runs.filter((run) => run.sandbox.runs.has(run));
  }

  /** Ends the oldest run in flight well. */
  async finish(): Promise<void> {
    this.inFlight[0]?.end();
    await settle();
  }

  #observer(): SupervisorObserver {
    const see = (line: string): void => void this.seen.push(line);
    return {
      live: ({ handler, bundle }) => see(`${handler} live ${bundle.code}`),
      degraded: ({ handler }, reason, serving) => see(`${handler} ${serving ? "stale" : "degraded"}: ${reason}`),
      refused: ({ handler }, { message }, serving) =>
        see(`${handler} refused (${serving ? "old" : "none"}): ${message}`),
      processDied: ({ handler }, exit) => see(`${handler} ${exit.type}`),
      removed: (handler, forgotten) => see(`${handler} removed ${forgotten}`),
      renamed: (from, to) => see(`${from} renamed ${to}`),
      confirmed: ({ handler, bundle }) => see(`${handler} unchanged ${bundle.code}`),
      buildFailed: ({ file }) => see(`${file} failed`),
      conflict: ({ handler }) => see(`${handler} conflict`),
      warned: (file, { reason }) => see(`${file} warned: ${reason}`),
    };
  }
}
