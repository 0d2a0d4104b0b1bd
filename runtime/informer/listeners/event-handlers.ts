import type { Clock } from "#kernel/clock.ts";
import type { Audience, Member } from "./audience.ts";
import type { DeltaFifo } from "../queue/delta-fifo.ts";
import { EventListener } from "./event-listener.ts";
import { ListenerRegistration, type HandlerRegistration } from "./handler-registration.ts";
import type { ResourceEventHandler } from "./resource-event.ts";
import { ResyncSchedule, type ResyncTarget } from "./resync-schedule.ts";
import { ResyncTicker } from "./resync-ticker.ts";

export interface EventHandlersDeps {
  readonly clock: Clock;
  readonly audience: Audience;
  readonly deltas: DeltaFifo;
  /** Called with what a handler throws. */
  readonly failed: (error: unknown) => void;
}

/** The event handlers of one informer: who is there, who has seen the first state, and who wants to be told again. */
export class EventHandlers {
  readonly #deps: EventHandlersDeps;
  readonly #defaultResyncMs: number;
  readonly #resyncs: ResyncSchedule;
  readonly #ticker: ResyncTicker;
  readonly #registered = new Set<ListenerRegistration>();
  #hasSynced = false;

  constructor(deps: EventHandlersDeps, resyncMs: number) {
    this.#deps = deps;
    this.#defaultResyncMs = resyncMs;
    this.#resyncs = new ResyncSchedule(resyncMs);
    this.#ticker = new ResyncTicker(deps.clock, () => this.#resync());
  }

  /** Fixes how often resyncs are looked for. */
  start(): void {
    this.#resyncs.start();
  }

  /** Resolves when the running calls have ended. */
  async stop(): Promise<void> {
    this.#ticker.stop();
    const leaving = [...this.#registered];
    for (const registration of leaving) registration.remove();
    await Promise.all(leaving.map(({ removed }) => removed));
  }

  add<T>(handler: ResourceEventHandler<T>, resyncMs = this.#defaultResyncMs): HandlerRegistration {
    const { clock, audience, deltas, failed } = this.#deps;
    const listener = new EventListener<T>(handler, { clock, failed });
    const member: Member = { tell: (notification) => listener.notify(notification), isGone: false };
    const registration = new ListenerRegistration(listener, () => {
      audience.leave(member);
      this.#resyncs.remove(listener);
    });
    void listener.closed.then(() => this.#registered.delete(registration));
    this.#registered.add(registration);
    this.#resyncs.add(listener, resyncMs, clock.monotonic());
    queueMicrotask(() => deltas.push({ type: "joined", member, told: () => this.#join(registration) }));
    return registration;
  }

  /** Ignores what is not of this informer. */
  remove(registration: HandlerRegistration): void {
    if (registration instanceof ListenerRegistration && this.#registered.has(registration)) registration.remove();
  }

  /** Everything that was there at first has been told. */
  initialDone(): void {
    this.#hasSynced = true;
    for (const registration of this.#registered) if (registration.hasJoined) registration.initialDone();
  }

  /** Resyncs take place only while the cache follows the server. */
  follow(isFollowing: boolean): void {
    if (isFollowing) this.#ticker.start(this.#resyncs.checkMs);
    else this.#ticker.stop();
  }

  dueForResync(): readonly ResyncTarget[] {
    return this.#resyncs.due(this.#deps.clock.monotonic());
  }

  #join(registration: ListenerRegistration): void {
    registration.hasJoined = true;
    if (this.#hasSynced) registration.initialDone();
  }

  #resync(): void {
    const targets = this.dueForResync();
    if (targets.length > 0) this.#deps.deltas.push({ type: "syncAll", targets });
  }
}
