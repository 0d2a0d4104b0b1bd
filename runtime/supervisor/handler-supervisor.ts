/**
 * One handler through all its revisions: which one serves, which one is on its way, which ones still finish their runs.
 * A swap happens in one tick between two starts; what runs is never cut short by a newer revision. It keeps the handler's
 * dispatcher, and with it all pending work, from the first revision to the removal. `Supervisor` has one for each handler.
 */
import type { DispatchOptions } from "#dispatch/dispatch-options.ts";
import { Dispatcher } from "#dispatch/dispatcher.ts";
import type { DispatchObserver, Ledger, Run } from "#dispatch/ports.ts";
import type { Clock } from "#kernel/clock.ts";
import type { Revision } from "#loader/revision.ts";
import type { SandboxExit, SandboxPool } from "#sandbox/sandbox.ts";
import { type DeliveryChoices, dispatchOptionsOf } from "./dispatch-options-of.ts";
import { DrainingServers } from "./draining-servers.ts";
import { candidateOf, serverOf, transition } from "./handler-phase.ts";
import type { Candidate, HandlerEvent, HandlerPhase } from "./handler-phase.ts";
import { NOTHING_TOLD_YET, type HandlerStatus } from "./handler-status.ts";
import type { SupervisorObserver } from "./observer.ts";
import { LaterAttempts } from "./later-attempts.ts";
import type { HandlerCaches, OpenCaches } from "./ports.ts";
import { prepareServer } from "./prepare-server.ts";
import { RecentDeletes } from "./recent-deletes.ts";
import { RevisionServer } from "./revision-server.ts";
import { untilLevel } from "./until-level.ts";

export interface HandlerSupervisorDeps {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly pool: SandboxPool;
  readonly openCaches: OpenCaches;
  readonly delivery?: DeliveryChoices;
  /** The variables that `allow.env` may name. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly observer: SupervisorObserver;
  readonly ledger: (handler: string) => Ledger;
  /** `handler` gives the present id: a rename changes it. */
  readonly dispatchObserver: (handler: () => string) => DispatchObserver;
}

export class HandlerSupervisor {
  readonly #deps: HandlerSupervisorDeps;
  readonly #draining = new DrainingServers();
  readonly #laterAttempts: LaterAttempts;
  readonly #settled = Promise.withResolvers<void>();
  #handler: string;
  #phase: HandlerPhase = { type: "absent" };
  #dispatcher: Dispatcher | undefined;
  #unsubscribe: () => void = () => {};
  #deletes = new RecentDeletes();

  constructor(deps: HandlerSupervisorDeps, handler: string) {
    this.#deps = deps;
    this.#handler = handler;
    this.#laterAttempts = new LaterAttempts(deps.clock);
  }

  get phase(): HandlerPhase {
    return this.#phase;
  }

  get status(): HandlerStatus {
    const phase = this.#phase;
    const server = serverOf(phase);
    const { health, counts } = this.#dispatcher ?? NOTHING_TOLD_YET;
    return {
      handler: this.#handler,
      serving: server !== undefined,
      preparing: candidateOf(phase) !== undefined,
      degraded: phase.type === "starting" || phase.type === "replacing" ? phase.reason : undefined,
      health,
      counts,
      processIds: [...(server?.processIds ?? []), ...this.#draining.processIds],
      memoryBytes: server?.revision.options.memoryBytes,
      engine: server?.revision.options.engine,
    };
  }

  /** Resolves once it is known how the first revision does: it serves, its caches are missing, or it does not start. */
  get settled(): Promise<void> {
    return this.#settled.promise;
  }

  /** Resolves once no replaced or removed revision runs anything. */
  get drained(): Promise<void> {
    return this.#draining.empty();
  }

  /** A revision to serve as soon as it can. It takes the place of one that is still on its way. */
  offer(revision: Revision): void {
    this.#handler = revision.handler;
    if (candidateOf(this.#phase)?.revision.id === revision.id) return;
    this.#laterAttempts.cancel();
    if (serverOf(this.#phase)?.revision.id === revision.id) return this.#confirm(revision);
    this.#offer(revision);
  }

  /** The last revision that was offered, from other lines of its file. */
  move(revision: Revision): void {
    const server = serverOf(this.#phase);
    if (server?.revision.id === revision.id) return server.move(revision);
    this.#laterAttempts.cancel();
    this.#offer(revision);
  }

  #confirm(revision: Revision): void {
    serverOf(this.#phase)?.move(revision);
    this.#move({ type: "confirmed" });
    this.#deps.observer.confirmed(revision);
  }

  #offer(revision: Revision): void {
    const candidate: Candidate = { revision, cancel: new AbortController() };
    this.#move({ type: "offered", candidate });
    void this.#bring(candidate);
  }

  /** Its file is gone: no run starts after this tick, runs in flight end. */
  remove(): void {
    const { queued = 0, waiting = 0, parked = 0 } = this.#dispatcher?.counts ?? {};
    this.#deps.observer.removed(this.#handler, queued + waiting + parked);
    this.#end();
  }

  /** The runtime stops: like `remove`, but runs in flight are asked to come to their end. Resolves when they have. */
  async close(): Promise<void> {
    this.#end();
    this.#draining.abort("the runtime is stopping");
    await this.drained;
  }

  /** Ends every process, whatever runs in it. */
  async stop(): Promise<void> {
    await this.#draining.stop();
  }

  async #bring(candidate: Candidate): Promise<void> {
    const { clock, observer } = this.#deps;
    const { revision, cancel } = candidate;
    const offeredAt = clock.monotonic();
    await this.#draining.room();
    const prepared = await prepareServer(
      this.#prepareDeps(),
      revision,
      (reason) => this.#delay(candidate, reason),
      cancel.signal,
    );
    const serving = serverOf(this.#phase);
    if (prepared.type === "ready" && serving) {
      await untilLevel(clock, prepared.server, serving, this.#deletes, cancel.signal);
    }
    if (!this.#isOn(candidate)) return prepared.type === "ready" ? void prepared.server.stop() : undefined;
    if (prepared.type === "ready") {
      this.#swap(prepared.server);
      observer.live(revision, {
        afterMs: clock.monotonic() - offeredAt,
        sinceSeenMs: clock.monotonic() - revision.seenAt,
      });
    } else if (prepared.type === "refused") {
      this.#move({ type: "refused" });
      observer.refused(revision, prepared.error, serverOf(this.#phase) !== undefined);
      // Its code has loaded before, when it was inspected: what is in the way may pass.
      this.#laterAttempts.schedule(() => this.#offer(revision));
    }
  }

  #delay(candidate: Candidate, reason: string): void {
    if (!this.#isOn(candidate)) return;
    this.#move({ type: "delayed", reason });
    this.#deps.observer.degraded(candidate.revision, reason, serverOf(this.#phase) !== undefined);
  }

  #prepareDeps(): Parameters<typeof prepareServer>[0] {
    const { pool, env, openCaches } = this.#deps;
    const onDeath = (server: RevisionServer, exit: SandboxExit): void => this.#died(server, exit);
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
    const options = dispatchOptionsOf(revision, caches, this.#deps.delivery);
    const dispatcher = this.#dispatcher ?? this.#createDispatcher(caches, options);
    const deletes = new RecentDeletes();
    this.#deletes = deletes;
    this.#unsubscribe = caches.subscribe((change) => {
      deletes.note(change);
      dispatcher.change(change);
    });
    if (this.#dispatcher) return dispatcher.reload(options, caches.view);
    this.#dispatcher = dispatcher;
    for (const object of caches.view.values()) dispatcher.meet(object, "initial");
  }

  #createDispatcher({ view }: HandlerCaches, options: DispatchOptions): Dispatcher {
    const { clock, random, ledger, dispatchObserver } = this.#deps;
    return new Dispatcher(
      {
        clock,
        random,
        runner: { start: (run) => void this.#run(run) },
        cache: view,
        ledger: ledger(this.#handler),
        observer: dispatchObserver(() => this.#handler),
      },
      options,
    );
  }

  async #run(run: Run): Promise<void> {
    const server = serverOf(this.#phase);
    if (!server) throw new Error(`Cannot run handler "${this.#handler}": no revision serves`);
    const outcome = await server.run(run.delivery);
    this.#dispatcher?.finish(run, outcome);
  }

  #died(server: RevisionServer, exit: SandboxExit): void {
    if (server !== serverOf(this.#phase)) return;
    this.#deps.observer.processDied(server.revision, exit);
    if (this.#dispatcher) this.#dispatcher.processDied(this.#dispatcher.revision);
  }

  #end(): void {
    this.#laterAttempts.cancel();
    this.#unsubscribe();
    this.#unsubscribe = () => {};
    this.#dispatcher?.close();
    this.#move({ type: "removed" });
  }

  #isOn(candidate: Candidate): boolean {
    return candidateOf(this.#phase) === candidate;
  }

  #move(event: HandlerEvent): void {
    const before = this.#phase;
    const after = transition(before, event);
    this.#phase = after;
    const candidate = candidateOf(before);
    if (candidate !== candidateOf(after) && event.type !== "swapped") candidate?.cancel.abort();
    const server = serverOf(before);
    if (server && server !== serverOf(after)) this.#draining.add(server);
    if (after.type !== "starting" || after.reason !== undefined) this.#settled.resolve();
  }
}
