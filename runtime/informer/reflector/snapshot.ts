import { formatKey } from "#resources/object-key.ts";
import type { RawObject } from "#resources/raw-object.ts";
import type { ScannedObject } from "#resources/scanned-object.ts";

/** Where the bytes of objects are kept until they are in the cache. */
export interface ObjectMemory {
  /** Copies the object. The copy is the caller's until it is put into the store or discarded. `undefined`: it was refused, and that has been dealt with. */
  admit(scanned: ScannedObject): RawObject | undefined;
  discard(object: RawObject): void;
}

/** A complete state under construction. Nobody sees it before it is taken. */
export class Snapshot {
  readonly #memory: ObjectMemory;
  readonly #objects = new Map<string, RawObject>();

  constructor(memory: ObjectMemory) {
    this.#memory = memory;
  }

  add(scanned: ScannedObject): void {
    const object = this.#memory.admit(scanned);
    if (object === undefined) return;
    const before = this.#objects.get(object.key);
    if (before) this.#memory.discard(before);
    this.#objects.set(object.key, object);
  }

  remove(scanned: ScannedObject): void {
    const key = formatKey(scanned);
    const before = this.#objects.get(key);
    if (before) this.#memory.discard(before);
    this.#objects.delete(key);
  }

  /** Hands the objects over, in the order of the server. */
  take(): RawObject[] {
    const objects = [...this.#objects.values()];
    this.#objects.clear();
    return objects;
  }

  /** Gives the memory of whatever was not taken back. */
  discard(): void {
    for (const object of this.take()) this.#memory.discard(object);
  }
}
