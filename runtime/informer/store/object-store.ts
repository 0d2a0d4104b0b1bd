/**
 * The cache of one informer: the objects of a resource by key and by index, their bytes in slabs.
 * It owns the memory and nothing else: it knows no watch and tells nobody of a change. An object is admitted, put,
 * replaced or removed, and at last retired, when nobody reads it any more. The informer calls it.
 */
import { formatKey, KeyError } from "#resources/object-key.ts";
import type { RawObject } from "#resources/raw-object.ts";
import type { ScannedObject } from "#resources/scanned-object.ts";
import { readLabels, readOwnerUids } from "./header-texts.ts";
import { Indexer, namespaceIndexers, type Indexers } from "./indexer.ts";
import { InternTable } from "./intern-table.ts";
import type { CacheReader } from "../notification.ts";
import { SlabArena } from "./slab-arena.ts";
import { StoreContent } from "./store-content.ts";
import { StoredObject } from "./stored-object.ts";

export class ObjectStore implements CacheReader {
  readonly #arena = new SlabArena();
  readonly #labels = new InternTable(readLabels);
  readonly #ownerUids = new InternTable(readOwnerUids);
  #content = new StoreContent(new Indexer());
  /** Under construction; indices that are added meanwhile are added to it too. */
  #next: StoreContent | undefined;
  #resourceVersion = "";

  /** @param indexers the indices from the start on. By default the one by namespace */
  constructor(indexers: Indexers = namespaceIndexers) {
    this.addIndexers(indexers);
  }

  get size(): number {
    return this.#content.objects.size;
  }

  /** Of the last write or bookmark; `""` before the first. Set it after a `remove`, a `replaceAll` and a bookmark. */
  get resourceVersion(): string {
    return this.#resourceVersion;
  }

  /** `""`, from an object without metadata, changes nothing. */
  set resourceVersion(version: string) {
    if (version !== "") this.#resourceVersion = version;
  }

  /** The memory of all objects that were admitted and not yet given back: in use, and taken from the system. */
  get memory(): { readonly usedBytes: number; readonly allocatedBytes: number } {
    const { usedBytes, allocatedBytes } = this.#arena;
    return { usedBytes, allocatedBytes };
  }

  /**
   * Copies a scanned object into the cache's memory. It belongs to the caller until `put`, `replaceAll` or `discard`.
   * Throws `KeyError` for an object without a name.
   */
  admit(scanned: ScannedObject): RawObject {
    const { name, namespace, byteLength } = scanned;
    if (name === "") throw new KeyError(`Cannot cache object of kind "${scanned.kind}": it has no metadata.name`);
    const header = {
      key: formatKey({ namespace, name }),
      namespace,
      name,
      uid: scanned.uid,
      resourceVersion: scanned.resourceVersion,
      labels: this.#labels.get(scanned.labelsText),
      ownerUids: this.#ownerUids.get(scanned.ownerReferencesText),
    };
    const address = this.#arena.allocate(byteLength);
    scanned.copyInto(this.#arena.bufferOf(address), this.#arena.offsetOf(address));
    return new StoredObject(header, this.#arena, address, byteLength);
  }

  /** Gives the memory of an admitted object back that was never put. */
  discard(object: RawObject): void {
    this.retire(object);
  }

  get(key: string): RawObject | undefined {
    return this.#content.objects.get(key);
  }

  has(key: string): boolean {
    return this.#content.objects.has(key);
  }

  values(): Iterable<RawObject> {
    return this.#content.objects.values();
  }

  keys(): Iterable<string> {
    return this.#content.objects.keys();
  }

  /** Adds or replaces. Returns the object that was replaced: readable until it is retired. */
  put(object: RawObject): RawObject | undefined {
    const old = this.#content.put(object);
    this.resourceVersion = object.resourceVersion;
    return old;
  }

  /** Returns the object that was removed, if there was one: readable until it is retired. */
  remove(key: string): RawObject | undefined {
    return this.#content.remove(key);
  }

  /** Replaces the whole content. Returns the former one, for the caller to retire what is no longer in the cache. */
  replaceAll(objects: readonly RawObject[]): ReadonlyMap<string, RawObject> {
    const next = this.nextContent();
    const doubles = objects.map((object) => next.put(object)).filter((object) => object !== undefined);
    const former = this.swap(next);
    for (const object of doubles) this.discard(object);
    return former;
  }

  /** Begins a new content beside the present one, which can be built bit by bit. The latest is the one to `swap`. */
  nextContent(): StoreContent {
    this.#next = new StoreContent(this.#content.indexer.blank());
    return this.#next;
  }

  /** Shows the new content at once and as a whole. Returns the former one. */
  swap(next: StoreContent): ReadonlyMap<string, RawObject> {
    const former = this.#content.objects;
    this.#content = next;
    this.#next = undefined;
    return former;
  }

  /**
   * Gives the memory of an object back that is in the cache no longer: its `bytes()` throws `ReleasedObjectError`
   * from now on, as does retiring it again.
   */
  retire(object: RawObject): void {
    if (this.#content.objects.get(object.key) === object) {
      throw new Error(`Cannot retire "${object.key}": it is in the cache. Remove or replace it first`);
    }
    if (object instanceof StoredObject) object.release();
  }

  /** Indexes what is there at once. Throws `IndexExistsError`, or what a function throws; nothing was added then. */
  addIndexers(indexers: Indexers): void {
    for (const content of [this.#next, this.#content]) content?.indexer.add(indexers, content.objects.values());
  }

  /** Like `addIndexers`, in steps. Nothing may be written and no new content may be under construction until the last one. */
  addingIndexers(indexers: Indexers): Generator<void, void> {
    return this.#content.indexer.adding(indexers, this.#content.objects.values());
  }

  /** Does nothing for an unknown name. */
  removeIndex(name: string): void {
    for (const content of [this.#next, this.#content]) content?.indexer.remove(name);
  }

  hasIndex(name: string): boolean {
    return this.#content.indexer.has(name);
  }

  /** Throws `UnknownIndexError`. */
  byIndex(name: string, value: string): readonly RawObject[] {
    return this.#named(this.#content.indexer.keys(name, value));
  }

  /** Like `byIndex`, one after the other: whoever stops early pays for no more. Throws `UnknownIndexError` at the first. */
  *walkIndex(name: string, value: string): Generator<RawObject, void> {
    for (const key of this.#content.indexer.keys(name, value)) {
      const object = this.#content.objects.get(key);
      if (object) yield object;
    }
  }

  /** Sorted. Throws `UnknownIndexError`. */
  indexKeys(name: string, value: string): readonly string[] {
    return [...this.#content.indexer.keys(name, value)].sort();
  }

  /** The objects that share any value of the index with `object`. Throws `UnknownIndexError`. */
  index(name: string, object: RawObject): readonly RawObject[] {
    return this.#named(this.#content.indexer.keysLike(name, object));
  }

  /** The values that some object has. Empty for an unknown index. */
  indexValues(name: string): readonly string[] {
    return this.#content.indexer.values(name);
  }

  #named(keys: ReadonlySet<string>): readonly RawObject[] {
    return Array.from(keys, (key) => this.#content.objects.get(key)).filter((object) => object !== undefined);
  }
}
