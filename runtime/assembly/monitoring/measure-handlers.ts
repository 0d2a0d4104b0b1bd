import type { Batch } from "#loader/revision.ts";
import type { RuntimeMetrics } from "#observability/metrics/runtime-metrics.ts";
import type { DeathReason } from "#observability/metrics/sandbox-metrics.ts";
import type { SupervisorObserver } from "#supervisor/observer.ts";

type Exit = Parameters<SupervisorObserver["processDied"]>[1];

const DEATHS = {
  timedOut: "timed_out",
  outOfMemory: "out_of_memory",
  crashed: "crashed",
} as const satisfies Readonly<Record<Exclude<Exit["type"], "stopped">, DeathReason>>;

type Metrics = Pick<RuntimeMetrics, "handlers" | "loads" | "sandboxes">;

/** Loads, reloads and deaths of handlers as metrics; their series come and go with them. */
export class HandlerMeasure {
  readonly #metrics: Metrics;
  /** Those of which a revision has served. */
  readonly #served = new Set<string>();

  constructor(metrics: Metrics) {
    this.#metrics = metrics;
  }

  /** Its series begin at zero. */
  add(handler: string): void {
    const { handlers, loads, sandboxes } = this.#metrics;
    if (handlers.get(handler)) return;
    handlers.add(handler);
    loads.addHandler(handler);
    sandboxes.addHandler(handler);
  }

  get observer(): Partial<SupervisorObserver> {
    const { loads, sandboxes } = this.#metrics;
    return {
      live: ({ handler }) => this.#live(handler),
      confirmed: ({ handler }) => loads.reloaded(handler, "unchanged"),
      degraded: ({ handler }) => this.add(handler),
      refused: ({ handler }) => {
        this.add(handler);
        loads.reloaded(handler, "refused");
      },
      buildFailed: ({ file, handlers }) => {
        loads.buildFailed(file);
        this.#broken(handlers);
      },
      conflict: ({ handler, files }) => {
        for (const file of files) loads.buildFailed(file);
        this.#broken([handler]);
      },
      processDied: ({ handler }, exit) => {
        if (exit.type !== "stopped") sandboxes.died(handler, DEATHS[exit.type]);
      },
      removed: (handler) => this.#remove(handler),
      renamed: (from, to) => {
        if (this.#served.has(from)) this.#served.add(to);
        this.#remove(from);
        this.add(to);
      },
    };
  }

  /** Call it behind each batch. */
  applied({ gone = [] }: Batch): void {
    for (const file of gone) this.#metrics.loads.removeFile(file);
  }

  #live(handler: string): void {
    this.add(handler);
    if (this.#served.has(handler)) this.#metrics.loads.reloaded(handler, "live");
    this.#served.add(handler);
  }

  #broken(handlers: readonly string[]): void {
    const known = handlers.filter((handler) => this.#metrics.handlers.get(handler));
    for (const handler of known) this.#metrics.loads.reloaded(handler, "broken");
  }

  #remove(handler: string): void {
    const { handlers, loads, sandboxes } = this.#metrics;
    this.#served.delete(handler);
    handlers.remove(handler);
    loads.removeHandler(handler);
    sandboxes.removeHandler(handler);
  }
}
