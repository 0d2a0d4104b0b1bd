/**
 * Memory for the bytes of many objects, in few large buffers: a Buffer for each object costs twice the memory and
 * hides it from the garbage collector. Ranges are given back by hand and used again, so nobody may keep a view.
 * The object store calls it, nobody else.
 */
import { FreeRanges } from "./free-ranges.ts";
import { Slab, SLAB_BYTES, SLAB_UNITS, UNIT_BYTES } from "./slab.ts";

/** Addresses count units of 64 bytes; each slab owns as many addresses as it has units. */
export class SlabArena {
  /** `undefined`: was given back to the system, its addresses are free. */
  readonly #slabs: (Slab | undefined)[] = [];
  readonly #free = new FreeRanges((address) => this.#slabAt(address));
  #allocatedBytes = 0;
  #usedUnits = 0;

  /** What the arena takes from the system. */
  get allocatedBytes(): number {
    return this.#allocatedBytes;
  }

  /** What of it is in use, rounded up to units. */
  get usedBytes(): number {
    return this.#usedUnits * UNIT_BYTES;
  }

  /** Reserves room for `byteLength` bytes (> 0) and returns its address. It holds old bytes. */
  allocate(byteLength: number): number {
    const units = unitsOf(byteLength);
    this.#usedUnits += units;
    if (units > SLAB_UNITS) return this.#openSlab(byteLength);
    const address = this.#free.take(units);
    if (address !== undefined) return address;
    this.#free.put(this.#openSlab(SLAB_BYTES), SLAB_UNITS);
    return this.#free.take(units) ?? 0;
  }

  /** Gives back what `allocate(byteLength)` returned. One empty slab is kept, for what comes next. */
  release(address: number, byteLength: number): void {
    const units = unitsOf(byteLength);
    this.#usedUnits -= units;
    if (units > SLAB_UNITS) return this.#closeSlab(address);
    if (this.#free.put(address, units) < SLAB_UNITS || this.#free.wholeSlabs === 1) return;
    const start = address - (address % SLAB_UNITS);
    this.#free.remove(start, SLAB_UNITS);
    this.#closeSlab(start);
  }

  /** The buffer in which `address` lies, to be written at `offsetOf(address)`. */
  bufferOf(address: number): Buffer {
    return this.#slabAt(address).buffer;
  }

  offsetOf(address: number): number {
    return (address % SLAB_UNITS) * UNIT_BYTES;
  }

  /** The bytes themselves, not a copy. */
  view(address: number, byteLength: number): Buffer {
    const offset = this.offsetOf(address);
    return this.bufferOf(address).subarray(offset, offset + byteLength);
  }

  #slabAt(address: number): Slab {
    const slab = this.#slabs[Math.floor(address / SLAB_UNITS)];
    if (!slab) throw new RangeError(`Cannot use address ${address}: no slab holds it`);
    return slab;
  }

  /** Returns its first address. */
  #openSlab(bytes: number): number {
    const unused = this.#slabs.indexOf(undefined);
    const index = unused === -1 ? this.#slabs.length : unused;
    // Slabs are read as words, hence whole units.
    this.#slabs[index] = new Slab(unitsOf(bytes) * UNIT_BYTES);
    this.#allocatedBytes += this.#slabs[index].buffer.length;
    return index * SLAB_UNITS;
  }

  #closeSlab(address: number): void {
    this.#allocatedBytes -= this.#slabAt(address).buffer.length;
    this.#slabs[Math.floor(address / SLAB_UNITS)] = undefined;
  }
}

function unitsOf(byteLength: number): number {
  return Math.ceil(byteLength / UNIT_BYTES);
}
