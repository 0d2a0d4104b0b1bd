/**
 * Keeps every handler of a source served: takes batch after batch, and one broken handler never holds back the others.
 * What serves is decided per handler in `HandlerSupervisor`; this only knows which handlers there are. The composition root
 * starts it and closes it.
 */
import { sleep } from "#kernel/clock.ts";
import type { Batch, HandlerSource } from "#loader/revision.ts";
import { HandlerSupervisor } from "./handler-supervisor.ts";
import type { HandlerSupervisorDeps } from "./handler-supervisor.ts";

/** How the handlers of the first batch are doing when nobody is left to wait for. */
export interface ReadyCounts {
  readonly live: number;
  readonly degraded: number;
  readonly failed: number;
}

export class Supervisor {
  readonly #deps: HandlerSupervisorDeps;
  readonly #handlers = new Map<string, HandlerSupervisor>();

  constructor(deps: HandlerSupervisorDeps) {
    this.#deps = deps;
  }

  /** Serves what the source gives until the signal aborts or the source ends. */
  async serve(source: HandlerSource, signal: AbortSignal): Promise<void> {
    for await (const batch of source.batches(signal)) this.apply(batch);
  }

  apply(batch: Batch): void {
    const { observer } = this.#deps;
    for (const { from, to } of batch.renamed) {
      const supervisor = this.#handlers.get(from) ?? this.#added(to.handler);
      this.#handlers.delete(from);
      this.#handlers.set(to.handler, supervisor);
      observer.renamed(from, to.handler);
      supervisor.offer(to);
    }
    for (const handler of batch.removed) {
      const supervisor = this.#handlers.get(handler);
      this.#handlers.delete(handler);
      void supervisor?.remove();
    }
    for (const revision of batch.revisions) {
      (this.#handlers.get(revision.handler) ?? this.#added(revision.handler)).offer(revision);
    }
    for (const failure of batch.failures) observer.buildFailed(failure);
    for (const conflict of batch.conflicts) observer.conflict(conflict);
  }

  #added(handler: string): HandlerSupervisor {
    const supervisor = new HandlerSupervisor(this.#deps, handler);
    this.#handlers.set(handler, supervisor);
    return supervisor;
  }
}
