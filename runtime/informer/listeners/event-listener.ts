/**
 * Calls one event handler: one call at a time, in order, whatever the others do (client-go: `processorListener`).
 * An idle handler is called in the tick of the change, and nothing is copied; what comes while it is busy is copied and waits.
 * What a handler throws is reported, and the event counts as handled. The shared informer makes one for each registration.
 */
import type { Clock, Timer } from "#kernel/clock.ts";
import { Fifo } from "#kernel/fifo.ts";
import { WorkSlice } from "#kernel/work-slice.ts";
import type { RawObject } from "#resources/raw-object.ts";
import { ListenerEvent, ownedTold, type Told } from "./listener-event.ts";
import type { Notification } from "../notification.ts";
import type { ResourceEventHandler } from "./resource-event.ts";
import type { ResyncTarget } from "./resync-schedule.ts";

export interface EventListenerDeps {
  readonly clock: Clock;
  /** Called with what the handler throws or rejects with. */
  readonly failed: (error: unknown) => void;
}

/** `synced`: everything that was there at first has been told. */
type Entry = Told | { readonly type: "synced" };

type ListenerState = "idle" | "busy" | "closing" | "closed";

export class EventListener<T> implements ResyncTarget {
  readonly #handler: ResourceEventHandler<T>;
  readonly #deps: EventListenerDeps;
  #waiting = new Fifo<Entry>();
  readonly #synced = Promise.withResolvers<void>();
  readonly #closed = Promise.withResolvers<void>();
  #hasSynced = false;
  /** Between two turns of a long backlog. */
  #pause: Timer | undefined;
  #state: ListenerState = "idle";

  constructor(handler: ResourceEventHandler<T>, deps: EventListenerDeps) {
    this.#handler = handler;
    this.#deps = deps;
  }

  get hasSynced(): boolean {
    return this.#hasSynced;
  }

  get synced(): Promise<void> {
    return this.#synced.promise;
  }

  /** Resolves when the call that ran at `close` has ended. */
  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  notify(notification: Notification): void {
    this.#take(notification);
  }

  resynced(object: RawObject): void {
    this.#take({ type: "resynced", object });
  }

  /** Everything that was there at first has been passed to `notify`. */
  initialDone(): void {
    this.#take({ type: "synced" });
  }

  /** Drops what waits: no call begins any more. Idempotent. */
  close(): void {
    this.#waiting = new Fifo();
    this.#pause?.cancel();
    if (this.#state === "busy" && this.#pause === undefined) this.#state = "closing";
    else if (this.#state !== "closing") this.#end();
  }

  #take(entry: Entry): void {
    switch (this.#state) {
      case "idle":
        this.#state = "busy";
        return this.#work(entry);
      case "busy":
        this.#waiting.push(entry.type === "synced" ? entry : ownedTold(entry));
        return;
      case "closing":
      case "closed":
    }
  }

  #work(first: Entry | undefined): void {
    const slice = new WorkSlice(this.#deps.clock);
    for (let entry = first; entry !== undefined; entry = this.#waiting.shift()) {
      const running = this.#call(entry);
      if (running) return void running.then(() => this.#work(this.#waiting.shift()));
      if (this.#waiting.size > 0 && slice.step()) return this.#continueNextTurn();
    }
    if (this.#state === "closing") this.#end();
    else this.#state = "idle";
  }

  /** Returns what is still to be waited for; never rejects. */
  #call(entry: Entry): Promise<void> | undefined {
    if (entry.type === "synced") {
      this.#hasSynced = true;
      this.#synced.resolve();
      return undefined;
    }
    const event = new ListenerEvent<T>(entry);
    const failed = (error: unknown): void => this.#deps.failed(error);
    try {
      const returned = event.tell(this.#handler);
      if (isThenable(returned)) {
        event.secure();
        return Promise.resolve(returned)
          .then(() => {}, failed)
          .finally(() => event.close());
      }
    } catch (error) {
      failed(error);
    }
    event.close();
    return undefined;
  }

  #continueNextTurn(): void {
    this.#pause = this.#deps.clock.setTimer(0, () => {
      this.#pause = undefined;
      this.#work(this.#waiting.shift());
    });
  }

  #end(): void {
    this.#state = "closed";
    this.#closed.resolve();
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
