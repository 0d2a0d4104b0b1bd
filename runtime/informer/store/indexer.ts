import type { RawObject } from "#resources/raw-object.ts";

/** The values under which an object is found, any number of them. May throw: the write fails then, and nothing has changed. */
export type IndexFunction = (object: RawObject) => readonly string[];

export type Indexers = Readonly<Record<string, IndexFunction>>;

export const NAMESPACE_INDEX = "namespace";

export const namespaceIndexers: Indexers = { [NAMESPACE_INDEX]: ({ namespace }) => [namespace] };

/** Thrown for a name that was not given to `addIndexers`. */
export class UnknownIndexError extends Error {
  override readonly name = "UnknownIndexError";
  readonly code = "UNKNOWN_INDEX";

  constructor(index: string, known: Iterable<string>) {
    const names = Array.from(known, (name) => `"${name}"`).join(", ") || "none";
    super(`Cannot use index "${index}": there is none of that name. Known: ${names}`);
  }
}

/** Thrown by `addIndexers` for a name that is taken. Nothing was added. */
export class IndexExistsError extends Error {
  override readonly name = "IndexExistsError";
  readonly code = "INDEX_EXISTS";

  constructor(index: string) {
    super(`Cannot add index "${index}": there is one of that name. Choose another name`);
  }
}

/** What a write does to the indices, computed before it is done. */
export type IndexChange = readonly { readonly index: Index; readonly before: Values; readonly after: Values }[];

/** May name a value twice. */
type Values = readonly string[];

interface Index {
  readonly valuesOf: IndexFunction;
  readonly keys: Map<string, Set<string>>;
}

const NO_VALUES: Values = [];
const NO_KEYS: ReadonlySet<string> = new Set();

/** Finds the keys of objects by values that functions compute from them (client-go: `thread_safe_store.go`). */
export class Indexer {
  #indices: ReadonlyMap<string, Index> = new Map();

  /** Indexes `objects` under the new names too. Throws `IndexExistsError`. */
  add(indexers: Indexers, objects: Iterable<RawObject>): void {
    this.adding(indexers, objects).forEach(() => {});
  }

  /** Like `add`, in steps. The new names can be used behind the last one; `objects` must stay the same until then. */
  *adding(indexers: Indexers, objects: Iterable<RawObject>): Generator<void, void> {
    const added = Object.entries(indexers).map(([name, valuesOf]): [string, Index] => {
      if (this.#indices.has(name)) throw new IndexExistsError(name);
      return [name, { valuesOf, keys: new Map() }];
    });
    for (const object of objects) {
      for (const [, index] of added) fill(index, object);
      yield;
    }
    this.#indices = new Map([...this.#indices, ...added]);
  }

  /** Does nothing for an unknown name. */
  remove(name: string): void {
    this.#indices = new Map([...this.#indices].filter(([known]) => known !== name));
  }

  has(name: string): boolean {
    return this.#indices.has(name);
  }

  /** Calls the index functions. Throws what they throw. */
  prepare(old: RawObject | undefined, object: RawObject | undefined): IndexChange {
    const change = [];
    for (const index of this.#indices.values()) {
      const before = valuesOf(index, old);
      const after = valuesOf(index, object);
      if (!isSame(before, after)) change.push({ index, before, after });
    }
    return change;
  }

  commit(key: string, change: IndexChange): void {
    for (const { index, before, after } of change) {
      for (const value of before) if (!after.includes(value)) drop(index, value, key);
      for (const value of after) if (!before.includes(value)) insert(index, value, key);
    }
  }

  /** The same indices without content. */
  blank(): Indexer {
    const blank = new Indexer();
    blank.#indices = new Map(
      Array.from(this.#indices, ([name, { valuesOf }]): [string, Index] => [name, { valuesOf, keys: new Map() }]),
    );
    return blank;
  }

  /** Throws `UnknownIndexError`. */
  keys(name: string, value: string): ReadonlySet<string> {
    return this.#index(name).keys.get(value) ?? NO_KEYS;
  }

  /** The keys that share any value with `object`. Throws `UnknownIndexError`. */
  keysLike(name: string, object: RawObject): ReadonlySet<string> {
    const index = this.#index(name);
    return new Set(valuesOf(index, object).flatMap((value) => [...(index.keys.get(value) ?? NO_KEYS)]));
  }

  /** Empty for an unknown name, as in client-go. */
  values(name: string): readonly string[] {
    return [...(this.#indices.get(name)?.keys.keys() ?? [])];
  }

  #index(name: string): Index {
    const index = this.#indices.get(name);
    if (!index) throw new UnknownIndexError(name, this.#indices.keys());
    return index;
  }
}

/** By far the most updates change no value of an index. */
function isSame(before: Values, after: Values): boolean {
  return before.length === after.length && before.every((value, i) => value === after[i]);
}

/** A copy: a function that returns no list fails here, before anything has changed. */
function valuesOf(index: Index, object: RawObject | undefined): Values {
  return object ? [...index.valuesOf(object)] : NO_VALUES;
}

function fill(index: Index, object: RawObject): void {
  for (const value of valuesOf(index, object)) insert(index, value, object.key);
}

function insert(index: Index, value: string, key: string): void {
  const keys = index.keys.get(value);
  if (keys) keys.add(key);
  else index.keys.set(value, new Set([key]));
}

/** A value without keys is forgotten, else the index grows for ever (kubernetes#84959). */
function drop(index: Index, value: string, key: string): void {
  const keys = index.keys.get(value);
  keys?.delete(key);
  if (keys?.size === 0) index.keys.delete(value);
}
