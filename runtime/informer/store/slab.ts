export const UNIT_BYTES = 64;
export const SLAB_BYTES = 4 * 1024 * 1024;
export const SLAB_UNITS = SLAB_BYTES / UNIT_BYTES;

const UNIT_WORDS = UNIT_BYTES / Int32Array.BYTES_PER_ELEMENT;

/** One large buffer in units of 64 bytes. What is known of a free range stands in its own first and last unit. */
export class Slab {
  readonly buffer: Buffer;
  readonly #words: Int32Array;
  /** One bit a unit: whether a free range begins or ends there. */
  readonly #edges = new Int32Array(SLAB_UNITS / 32);

  constructor(bytes: number) {
    this.buffer = Buffer.allocUnsafeSlow(bytes);
    this.#words = new Int32Array(this.buffer.buffer);
  }

  /** The size of the free range that begins or ends with `unit`, in units; 0 if there is none, as outside of the slab. */
  freeUnitsAt(unit: number): number {
    const isEdge = (((this.#edges[unit >> 5] ?? 0) >>> (unit & 31)) & 1) === 1;
    return isEdge ? (this.#words[unit * UNIT_WORDS] ?? 0) : 0;
  }

  /** The number that was last given to the free range that begins with `unit`. */
  placeOf(unit: number): number {
    return this.#words[unit * UNIT_WORDS + 1] ?? 0;
  }

  setPlace(unit: number, place: number): void {
    this.#words[unit * UNIT_WORDS + 1] = place;
  }

  markFree(unit: number, units: number): void {
    const last = unit + units - 1;
    this.#words[unit * UNIT_WORDS] = units;
    this.#words[last * UNIT_WORDS] = units;
    this.#edges[unit >> 5] = (this.#edges[unit >> 5] ?? 0) | (1 << (unit & 31));
    this.#edges[last >> 5] = (this.#edges[last >> 5] ?? 0) | (1 << (last & 31));
  }

  markUsed(unit: number, units: number): void {
    const last = unit + units - 1;
    this.#edges[unit >> 5] = (this.#edges[unit >> 5] ?? 0) & ~(1 << (unit & 31));
    this.#edges[last >> 5] = (this.#edges[last >> 5] ?? 0) & ~(1 << (last & 31));
  }
}
