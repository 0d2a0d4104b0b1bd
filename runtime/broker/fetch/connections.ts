import type { Dispatcher } from "undici";

/** One handler's, each made when it is first needed. */
export class Connections {
  readonly #connecting: (mayBePrivate: boolean) => Dispatcher;
  readonly #dispatchers = new Map<boolean, Dispatcher>();

  constructor(connecting: (mayBePrivate: boolean) => Dispatcher) {
    this.#connecting = connecting;
  }

  /** For requests to one host; `mayBePrivate` lets them into private networks. */
  dispatcher(mayBePrivate: boolean): Dispatcher {
    const known = this.#dispatchers.get(mayBePrivate);
    if (known) return known;
    const dispatcher = this.#connecting(mayBePrivate);
    this.#dispatchers.set(mayBePrivate, dispatcher);
    return dispatcher;
  }

  /** What is on its way rejects. */
  async destroy(): Promise<void> {
    await Promise.all(this.#dispatchers.values().map((dispatcher) => dispatcher.destroy()));
  }
}
