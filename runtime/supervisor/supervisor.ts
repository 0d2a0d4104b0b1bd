/**
 * Keeps every handler of a source served: takes batch after batch, and one broken handler never holds back the others.
 * What serves is decided for each handler in `HandlerSupervisor`; this only knows which handlers there are.
 * The composition root starts it and closes it.
 */
import { sleep } from "#kernel/clock.ts";
import type { Batch, Revision } from "#loader/revision.ts";
import { HandlerSupervisor } from "./handler-supervisor.ts";
import type { HandlerSupervisorDeps } from "./handler-supervisor.ts";
import type { HandlerStatus } from "./handler-status.ts";

/** How the handlers of the first batch do once nothing is left to wait for. */
export interface ReadyCounts {
  readonly live: number;
  /** Their caches are not there yet. */
  readonly degraded: number;
  /** Files that do not load count as one each. */
  readonly failed: number;
}

export class Supervisor {
  readonly #deps: HandlerSupervisorDeps;
  readonly #handlers = new Map<string, HandlerSupervisor>();
  readonly #removed = new Set<HandlerSupervisor>();
  readonly #ready = Promise.withResolvers<ReadyCounts>();
  /** Of the first batch: files that do not load, and such as have one id. */
  readonly #unloaded = new Set<string>();
  #isFirst = true;
  #closed = false;

  constructor(deps: HandlerSupervisorDeps) {
    this.#deps = deps;
  }

  /** Resolves when every handler of the first batch, and of what still belongs to it, is live, degraded or failed. */
  get ready(): Promise<ReadyCounts> {
    return this.#ready.promise;
  }

  /** Of every handler that there is. */
  get statuses(): readonly HandlerStatus[] {
    return Array.from(this.#handlers.values(), ({ status }) => status);
  }

  /** Serves what a batch brings, and lets go of what it takes away. */
  apply(batch: Batch): void {
    if (this.#closed) return;
    const { observer } = this.#deps;
    for (const { from, to } of batch.renamed) this.#rename(from, to);
    for (const handler of batch.removed) this.#remove(handler);
    for (const revision of batch.revisions) this.#offer(revision);
    for (const revision of batch.moved ?? []) this.#handlers.get(revision.handler)?.move(revision);
    const bundles = new Set(batch.revisions.map(({ bundle }) => bundle));
    for (const { file, warnings } of bundles) for (const warning of warnings) observer.warned(file, warning);
    for (const failure of batch.failures) observer.buildFailed(failure);
    for (const conflict of batch.conflicts) observer.conflict(conflict);
    if (!this.#isFirst) return;
    this.#countUnloaded(batch);
    if (batch.isPartial) return;
    this.#isFirst = false;
    void this.#awaitReady();
  }

  /** Starts nothing any more, gives runs in flight `graceMs` to end, then ends every process. */
  async close(graceMs: number): Promise<void> {
    this.#closed = true;
    const all = [...this.#handlers.values(), ...this.#removed];
    const graceOver = new AbortController();
    const closed = Promise.all(all.map((handler) => handler.close()));
    await Promise.race([closed, sleep(this.#deps.clock, graceMs, graceOver.signal).catch(() => {})]);
    graceOver.abort();
    await Promise.all(all.map((handler) => handler.stop()));
    await closed;
  }

  #rename(from: string, to: Revision): void {
    const handler = this.#handlers.get(from);
    if (!handler) return this.#offer(to);
    this.#handlers.delete(from);
    this.#handlers.set(to.handler, handler);
    this.#deps.observer.renamed(from, to.handler);
    handler.offer(to);
  }

  #remove(id: string): void {
    const handler = this.#handlers.get(id);
    if (!handler) return;
    this.#handlers.delete(id);
    this.#removed.add(handler);
    handler.remove();
    void handler.drained.then(() => this.#removed.delete(handler));
  }

  #offer(revision: Revision): void {
    const handler = this.#handlers.get(revision.handler) ?? new HandlerSupervisor(this.#deps, revision.handler);
    this.#handlers.set(revision.handler, handler);
    handler.offer(revision);
  }

  #countUnloaded({ revisions, failures, conflicts, gone = [] }: Batch): void {
    for (const file of [...revisions.map(({ file }) => file), ...gone]) this.#unloaded.delete(file);
    for (const { file } of failures) this.#unloaded.add(file);
    for (const { files } of conflicts) this.#unloaded.add(files.join());
  }

  async #awaitReady(): Promise<void> {
    const handlers = [...this.#handlers.values()];
    await Promise.all(handlers.map(({ settled }) => settled));
    const types = handlers.map(({ phase }) => phase.type);
    const count = (type: string): number => types.filter((one) => one === type).length;
    this.#ready.resolve({
      live: count("serving") + count("replacing"),
      degraded: count("starting"),
      failed: count("failed") + this.#unloaded.size,
    });
  }
}
