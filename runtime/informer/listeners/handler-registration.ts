import type { EventListener } from "./event-listener.ts";

/** The place of an event handler at an informer. */
export interface HandlerRegistration {
  /** The cache is complete, and the handler has returned from every object that was there at first. Stays true. */
  readonly hasSynced: boolean;
  /** Resolves when `hasSynced` becomes true; never, if the handler is removed before. */
  readonly synced: Promise<void>;
  /** No call begins any more. A running one goes on: `removed` tells when it has ended. Idempotent. */
  remove(): void;
  readonly removed: Promise<void>;
}

type Listener = Pick<EventListener<unknown>, "hasSynced" | "synced" | "initialDone" | "close" | "closed">;

export class ListenerRegistration implements HandlerRegistration {
  readonly #listener: Listener;
  readonly #leave: () => void;
  /** It has been told what was in the cache, and follows the changes. */
  hasJoined = false;

  constructor(listener: Listener, leave: () => void) {
    this.#listener = listener;
    this.#leave = leave;
  }

  get hasSynced(): boolean {
    return this.#listener.hasSynced;
  }

  get synced(): Promise<void> {
    return this.#listener.synced;
  }

  get removed(): Promise<void> {
    return this.#listener.closed;
  }

  initialDone(): void {
    this.#listener.initialDone();
  }

  remove(): void {
    this.#leave();
    this.#listener.close();
  }
}
