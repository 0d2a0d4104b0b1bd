/**
 * One handler through all its revisions: which one serves, which one is on its way, which ones still finish their runs.
 * A swap happens in one tick between two starts; what runs is never cut short by a newer revision. It keeps the handler's
 * dispatcher, and with it all pending work, from the first revision to the removal. `Supervisor` has one for each handler.
 */
import { Dispatcher } from "#dispatch/dispatcher.ts";
import type { DispatchObserver, Ledger, Run } from "#dispatch/ports.ts";
import type { Clock } from "#kernel/clock.ts";
import type { Revision } from "#loader/revision.ts";
import type { SandboxPool } from "#sandbox/sandbox.ts";
import { dispatchOptionsOf } from "./dispatch-options-of.ts";
import { candidateOf, serverOf, transition } from "./handler-phase.ts";
import type { Candidate, HandlerEvent, HandlerPhase } from "./handler-phase.ts";
import type { SupervisorObserver } from "./observer.ts";
import type { HandlerCaches, OpenCaches } from "./ports.ts";
import { prepareServer } from "./prepare-server.ts";
import { RevisionServer } from "./revision-server.ts";

/** Beyond this many old processes the newest revision waits. */
const MAX_DRAINING = 4;

export interface HandlerSupervisorDeps {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly pool: SandboxPool;
  readonly openCaches: OpenCaches;
  /** The variables that `allow.env` may name. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly observer: SupervisorObserver;
  /** For one handler, under its first name. */
  readonly ledger: (handler: string) => Ledger;
  readonly dispatchObserver: (handler: () => string) => DispatchObserver;
}

export class HandlerSupervisor {
  readonly #deps: HandlerSupervisorDeps;
  #handler: string;
  #phase: HandlerPhase = { type: "absent" };
  #dispatcher: Dispatcher | undefined;
  #unsubscribe: () => void = () => {};
  readonly #draining = new Set<RevisionServer>();
  #room = Promise.withResolvers<void>();

  constructor(deps: HandlerSupervisorDeps, handler: string) {
    this.#deps = deps;
    this.#handler = handler;
  }

  get handler(): string {
    return this.#handler;
  }

  get phase(): HandlerPhase {
    return this.#phase;
  }

  /** A revision to serve as soon as it can. It replaces one that is still on its way. */
  offer(revision: Revision): void {
    this.#handler = revision.handler;
    if (candidateOf(this.#phase)?.revision.id === revision.id) return;
    if (isServed(this.#phase, revision)) return this.#move({ type: "confirmed" });
    const candidate: Candidate = { revision, cancel: new AbortController() };
    this.#move({ type: "offered", candidate });
    void this.#bring(candidate);
  }

  /** No run starts after this tick; runs in flight end. */
  async remove(): Promise<void> {
    this.#deps.observer.removed(this.#handler, this.#dispatcher?.stats.queued ?? 0);
    await this.close();
  }

  /** Stops the intake at once; resolves when every run has ended. */
  async close(): Promise<void> {
    this.#dispatcher?.close();
    this.#move({ type: "removed" });
    await Promise.all(Array.from(this.#draining, (server) => server.drained()));
  }

  /** Ends every process, whatever runs in it. */
  async stop(): Promise<void> {
    await Promise.all(Array.from(this.#draining, (server) => server.stop()));
  }

  async #bring(candidate: Candidate): Promise<void> {
    const { clock, observer } = this.#deps;
    const offeredAt = clock.monotonic();
    const { revision, cancel } = candidate;
    const isServing = (): boolean => serverOf(this.#phase) !== undefined;
    while (this.#draining.size >= MAX_DRAINING) await this.#room.promise;
    const onDelay = (reason: string): void => {
      if (cancel.signal.aborted) return;
      this.#move({ type: "delayed", reason });
      observer.degraded(revision, reason, isServing());
    };
    const prepared = await prepareServer(this.#prepareDeps, revision, onDelay, cancel.signal);
    switch (prepared.type) {
      case "ready":
        this.#swap(prepared.server);
        observer.live(revision, clock.monotonic() - offeredAt);
        break;
      case "refused":
        this.#move({ type: "refused" });
        observer.refused(revision, prepared.error, isServing());
        break;
      case "cancelled":
    }
  }

  get #prepareDeps(): Parameters<typeof prepareServer>[0] {
    const { pool, env, openCaches } = this.#deps;
    const onDeath = (): void => this.#dispatcher?.processDied();
    return {
      openCaches,
      createServer: (revision, caches) => new RevisionServer({ pool, env, onDeath }, revision, caches),
    };
  }

  /** One tick: every start before it was the old revision's, every start after it is the new one's. */
  #swap(server: RevisionServer): void {
    const { caches, revision } = server;
    this.#unsubscribe();
    this.#move({ type: "swapped", server });
    const options = dispatchOptionsOf(revision, caches);
    if (this.#dispatcher) this.#dispatcher.reload(options, caches.view);
    else this.#dispatcher = this.#createDispatcher(caches, options);
    const dispatcher = this.#dispatcher;
    this.#unsubscribe = caches.subscribe((change) => dispatcher.change(change));
  }

  #createDispatcher(caches: HandlerCaches, options: ReturnType<typeof dispatchOptionsOf>): Dispatcher {
    const { clock, random, ledger, dispatchObserver } = this.#deps;
    return new Dispatcher(
      {
        clock,
        random,
        runner: { start: (run) => this.#start(run) },
        cache: caches.view,
        ledger: ledger(this.#handler),
        observer: dispatchObserver(() => this.#handler),
      },
      options,
    );
  }

  #start(run: Run): void {
    const server = serverOf(this.#phase);
    if (!server) throw new Error(`Cannot run "${this.#handler}": no revision serves`);
    void server.run(run.delivery).then((outcome) => this.#dispatcher?.finish(run, outcome));
  }

  #move(event: HandlerEvent): void {
    const before = this.#phase;
    const after = transition(before, event);
    this.#phase = after;
    const candidate = candidateOf(before);
    if (candidate && candidate !== candidateOf(after) && event.type !== "swapped") candidate.cancel.abort();
    const server = serverOf(before);
    if (server && server !== serverOf(after)) void this.#drain(server);
  }

  async #drain(server: RevisionServer): Promise<void> {
    this.#draining.add(server);
    await server.drained();
    await server.stop();
    this.#draining.delete(server);
    this.#room.resolve();
    this.#room = Promise.withResolvers();
  }
}

function isServed(phase: HandlerPhase, revision: Revision): boolean {
  return serverOf(phase)?.revision.id === revision.id;
}
