/** `node:events`: the emitter that most packages mean. */
type Listener = (...args: unknown[]) => void;
type Name = string | symbol;

interface Entry {
  readonly listener: Listener;
  readonly once: boolean;
}

class EventEmitter {
  static readonly EventEmitter = EventEmitter;
  static defaultMaxListeners = 10;

  /** Resolves with the arguments of the next `name`; rejects with the next `error`. */
  static once(emitter: EventEmitter, name: Name): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      const done = (...args: unknown[]): void => {
        emitter.off("error", fail);
        resolve(args);
      };
      const fail = (error: unknown): void => {
        emitter.off(name, done);
        reject(error);
      };
      emitter.once(name, done);
      if (name !== "error") emitter.once("error", fail);
    });
  }

  readonly #entries = new Map<Name, readonly Entry[]>();
  #maxListeners: number | undefined;

  on(name: Name, listener: Listener): this {
    return this.#add(name, { listener, once: false }, "last");
  }

  once(name: Name, listener: Listener): this {
    return this.#add(name, { listener, once: true }, "last");
  }

  prependListener(name: Name, listener: Listener): this {
    return this.#add(name, { listener, once: false }, "first");
  }

  prependOnceListener(name: Name, listener: Listener): this {
    return this.#add(name, { listener, once: true }, "first");
  }

  addListener(name: Name, listener: Listener): this {
    return this.on(name, listener);
  }

  off(name: Name, listener: Listener): this {
    const entries = this.#of(name);
    const at = entries.findLastIndex((entry) => entry.listener === listener);
    if (at !== -1) this.#set(name, entries.toSpliced(at, 1));
    return this;
  }

  removeListener(name: Name, listener: Listener): this {
    return this.off(name, listener);
  }

  removeAllListeners(name?: Name): this {
    if (name === undefined) this.#entries.clear();
    else this.#entries.delete(name);
    return this;
  }

  emit(name: Name, ...args: unknown[]): boolean {
    const entries = this.#of(name);
    if (entries.length === 0 && name === "error") {
      throw args[0] instanceof Error ? args[0] : new Error(`Unhandled error: ${String(args[0])}`);
    }
    for (const { listener, once } of entries) {
      if (once) this.off(name, listener);
      listener.apply(this, args);
    }
    return entries.length > 0;
  }

  listenerCount(name: Name): number {
    return this.#of(name).length;
  }

  listeners(name: Name): Listener[] {
    return this.#of(name).map(({ listener }) => listener);
  }

  rawListeners(name: Name): Listener[] {
    return this.listeners(name);
  }

  eventNames(): Name[] {
    return [...this.#entries.keys()];
  }

  setMaxListeners(count: number): this {
    this.#maxListeners = count;
    return this;
  }

  getMaxListeners(): number {
    return this.#maxListeners ?? EventEmitter.defaultMaxListeners;
  }

  #add(name: Name, entry: Entry, place: "first" | "last"): this {
    const entries = this.#of(name);
    this.#set(name, place === "last" ? [...entries, entry] : [entry, ...entries]);
    return this;
  }

  #of(name: Name): readonly Entry[] {
    return this.#entries.get(name) ?? [];
  }

  #set(name: Name, entries: readonly Entry[]): void {
    if (entries.length > 0) this.#entries.set(name, entries);
    else this.#entries.delete(name);
  }
}

export const builtIn = EventEmitter;
