import type { RawObject } from "#resources/raw-object.ts";
import type { Indexer } from "./indexer.ts";

/** Objects by key and by index, always in step: a write that an index function refuses by throwing changes nothing. */
export class StoreContent {
  readonly objects = new Map<string, RawObject>();
  readonly indexer: Indexer;

  constructor(indexer: Indexer) {
    this.indexer = indexer;
  }

  /** Returns what was there under the key. */
  put(object: RawObject): RawObject | undefined {
    const old = this.objects.get(object.key);
    const change = this.indexer.prepare(old, object);
    this.indexer.commit(object.key, change);
    this.objects.set(object.key, object);
    return old;
  }

  /** Returns what was there. */
  remove(key: string): RawObject | undefined {
    const old = this.objects.get(key);
    const change = this.indexer.prepare(old, undefined);
    this.indexer.commit(key, change);
    this.objects.delete(key);
    return old;
  }
}
