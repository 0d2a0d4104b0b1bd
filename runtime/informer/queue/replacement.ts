import type { RawObject } from "#resources/raw-object.ts";
import type { Delta } from "./delta-fifo.ts";
import type { ObjectStore } from "../store/object-store.ts";
import type { StoreContent } from "../store/store-content.ts";

export type ReplacedAll = Extract<Delta, { type: "replacedAll" }>;

/** Comparing and indexing an object takes about a microsecond: a step of its own for each would be waste. */
const OBJECTS_PER_STEP = 16;

/** The way from the present content of a cache to a complete state: what differs, and the next content. */
export class Replacement {
  readonly gone: RawObject[] = [];
  readonly put: { readonly old: RawObject | undefined; readonly object: RawObject }[] = [];
  /** Unchanged: they stay in the cache, and the second copies are given back. */
  readonly same: RawObject[] = [];
  readonly #store: ObjectStore;
  readonly #delta: ReplacedAll;
  readonly #next: StoreContent;
  #seen = 0;

  constructor(store: ObjectStore, delta: ReplacedAll) {
    this.#store = store;
    this.#delta = delta;
    this.#next = store.nextContent();
  }

  /** Compares and builds in steps; nobody sees anything of it. Throws what an index function throws. */
  *prepare(): Generator<void, void> {
    for (const object of this.#delta.objects) {
      this.#take(object);
      if (++this.#seen % OBJECTS_PER_STEP === 0) yield;
    }
    for (const object of this.#store.values()) {
      if (!this.#next.objects.has(object.key)) this.#keepOrDrop(object);
      if (++this.#seen % OBJECTS_PER_STEP === 0) yield;
    }
  }

  /** In one step, however large the state is. */
  publish(): void {
    this.#store.swap(this.#next);
    this.#store.resourceVersion = this.#delta.resourceVersion;
  }

  /** After a failed `prepare`: the new objects that nobody needs. */
  unused(): readonly RawObject[] {
    return this.#delta.objects.slice(this.same.length + this.put.length).concat(this.put.map(({ object }) => object));
  }

  #take(object: RawObject): void {
    const old = this.#store.get(object.key);
    if (old && isSameVersion(old, object)) {
      this.#next.put(old);
      this.same.push(old);
      this.#store.discard(object);
    } else {
      this.#next.put(object);
      this.put.push({ old, object });
    }
  }

  #keepOrDrop(object: RawObject): void {
    const { namespace } = this.#delta;
    if (namespace === "" || object.namespace === namespace) this.gone.push(object);
    else this.#next.put(object);
  }
}

/** Without a version nothing can be said. */
export function isSameVersion(a: RawObject, b: RawObject): boolean {
  return a.resourceVersion !== "" && a.resourceVersion === b.resourceVersion && a.uid === b.uid;
}
