import type { DeltaFifo } from "./queue/delta-fifo.ts";
import type { IndexFunction } from "./store/indexer.ts";
import type { ObjectStore } from "./store/object-store.ts";

/** One user's share in an index. */
export interface IndexShare {
  /** Resolves when the index can be used; rejects with what its function threw. Never settles if the informer stops before. */
  readonly ready: Promise<void>;
  /** The index goes when nobody has a share in it any more. Idempotent. */
  release(): void;
}

interface Entry {
  users: number;
  readonly ready: PromiseWithResolvers<void>;
}

/**
 * Indices that several use under one name, each kept for as long as somebody needs it: handlers come and go, and every
 * index costs with every write. A full cache is indexed in slices, between two deltas.
 */
export class SharedIndices {
  readonly #store: ObjectStore;
  readonly #deltas: Pick<DeltaFifo, "push">;
  readonly #entries = new Map<string, Entry>();

  constructor(store: ObjectStore, deltas: Pick<DeltaFifo, "push">) {
    this.#store = store;
    this.#deltas = deltas;
  }

  /** Equal names must come with equal functions. */
  acquire(name: string, valuesOf: IndexFunction): IndexShare {
    const entry = this.#entries.get(name) ?? this.#begin(name, valuesOf);
    entry.users += 1;
    let isReleased = false;
    const release = (): void => {
      if (isReleased) return;
      isReleased = true;
      this.#release(name, entry);
    };
    return { ready: entry.ready.promise, release };
  }

  #begin(name: string, valuesOf: IndexFunction): Entry {
    const entry: Entry = { users: 0, ready: Promise.withResolvers<void>() };
    // Whoever has released it does not wait for it.
    entry.ready.promise.catch(() => {});
    this.#entries.set(name, entry);
    this.#deltas.push({ type: "survey", steps: () => this.#build(name, valuesOf, entry) });
    return entry;
  }

  *#build(name: string, valuesOf: IndexFunction, entry: Entry): Generator<void, void> {
    if (this.#entries.get(name) !== entry) return;
    try {
      yield* this.#store.addingIndexers({ [name]: valuesOf });
      if (this.#entries.get(name) !== entry) this.#store.removeIndex(name);
      entry.ready.resolve();
    } catch (error) {
      entry.ready.reject(error);
    }
  }

  #release(name: string, entry: Entry): void {
    entry.users -= 1;
    if (entry.users > 0) return;
    this.#entries.delete(name);
    this.#store.removeIndex(name);
  }
}
