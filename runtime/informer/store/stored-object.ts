import type { Labels, ObjectHeader, RawObject } from "#resources/raw-object.ts";
import type { SlabArena } from "./slab-arena.ts";

/** Thrown when an object of the cache is used after its memory was given back. `ownedCopy` keeps one longer. */
export class ReleasedObjectError extends Error {
  override readonly name = "ReleasedObjectError";
  readonly code = "RELEASED_OBJECT";

  constructor(action: string, key: string) {
    super(`Cannot ${action} "${key}": its memory was given back. Keep an ownedCopy of what outlives the tick`);
  }
}

const RELEASED = -1;

/** An object whose bytes lie in the arena. */
export class StoredObject implements RawObject {
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly labels: Labels;
  readonly ownerUids: readonly string[];
  readonly #arena: SlabArena;
  readonly #byteLength: number;
  #address: number;

  constructor(header: ObjectHeader, arena: SlabArena, address: number, byteLength: number) {
    this.key = header.key;
    this.namespace = header.namespace;
    this.name = header.name;
    this.uid = header.uid;
    this.resourceVersion = header.resourceVersion;
    this.labels = header.labels;
    this.ownerUids = header.ownerUids;
    this.#arena = arena;
    this.#address = address;
    this.#byteLength = byteLength;
  }

  bytes(): Uint8Array {
    if (this.#address === RELEASED) throw new ReleasedObjectError("read", this.key);
    return this.#arena.view(this.#address, this.#byteLength);
  }

  release(): void {
    if (this.#address === RELEASED) throw new ReleasedObjectError("release", this.key);
    this.#arena.release(this.#address, this.#byteLength);
    this.#address = RELEASED;
  }
}
