/**
 * Memory for the bytes of many objects, in few large buffers: a Buffer for each object costs twice the memory and
 * hides it from the garbage collector. Ranges are given back by hand and used again, so nobody may keep a view.
 * The object store calls it, nobody else.
 */
import { FreeSlots } from "./free-slots.ts";

const UNIT_BYTES = 64;
const SLAB_BYTES = 4 * 1024 * 1024;
const SLAB_UNITS = SLAB_BYTES / UNIT_BYTES;

interface Slab {
  readonly buffer: Buffer;
  usedUnits: number;
}

/** Addresses count units of 64 bytes; each slab owns as many addresses as it has units. */
export class SlabArena {
  /** `undefined`: was given back to the system, its addresses are free. */
  readonly #slabs: (Slab | undefined)[] = [];
  readonly #free = new FreeSlots(SLAB_UNITS);
  /** What was never used of the slab that was opened last. */
  #top = 0;
  #topEnd = 0;
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
    const address = units > SLAB_UNITS ? this.#openSlab(byteLength) * SLAB_UNITS : this.#reserve(units);
    this.#slabAt(address).usedUnits += units;
    this.#usedUnits += units;
    return address;
  }

  /** Gives back what `allocate(byteLength)` returned. */
  release(address: number, byteLength: number): void {
    const units = unitsOf(byteLength);
    const slab = this.#slabAt(address);
    slab.usedUnits -= units;
    this.#usedUnits -= units;
    if (slab.usedUnits === 0) this.#closeSlab(Math.floor(address / SLAB_UNITS), slab);
    else this.#free.put(address, units);
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

  #reserve(units: number): number {
    const free = this.#free.take(units);
    if (free !== undefined) return free;
    if (this.#top + units > this.#topEnd) {
      if (this.#top < this.#topEnd) this.#free.put(this.#top, this.#topEnd - this.#top);
      this.#top = this.#openSlab(SLAB_BYTES) * SLAB_UNITS;
      this.#topEnd = this.#top + SLAB_UNITS;
    }
    const address = this.#top;
    this.#top += units;
    return address;
  }

  #openSlab(bytes: number): number {
    const unused = this.#slabs.indexOf(undefined);
    const index = unused === -1 ? this.#slabs.length : unused;
    this.#slabs[index] = { buffer: Buffer.allocUnsafeSlow(bytes), usedUnits: 0 };
    this.#allocatedBytes += bytes;
    return index;
  }

  /** The last slab stays open: a store that is emptied is about to be filled again. */
  #closeSlab(index: number, slab: Slab): void {
    const start = index * SLAB_UNITS;
    this.#free.forget(start, start + SLAB_UNITS);
    if (this.#topEnd === start + SLAB_UNITS) {
      this.#top = start;
    } else {
      this.#slabs[index] = undefined;
      this.#allocatedBytes -= slab.buffer.length;
    }
  }
}

function unitsOf(byteLength: number): number {
  return Math.ceil(byteLength / UNIT_BYTES);
}
