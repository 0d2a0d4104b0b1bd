interface FreeRange {
  readonly address: number;
  readonly units: number;
  /** Its index among the ranges of its size. */
  place: number;
}

/**
 * The free ranges of an arena. Neighbours are joined, so that ranges that were cut up become large again;
 * the smallest range that is large enough is found without a search.
 */
export class FreeRanges {
  readonly #slabUnits: number;
  readonly #byStart = new Map<number, FreeRange>();
  readonly #byEnd = new Map<number, FreeRange>();
  readonly #bySize: FreeRange[][] = [];
  /** One bit a size: whether there are ranges of it. */
  readonly #sizes: Int32Array;

  /** @param slabUnits no range crosses a multiple of it */
  constructor(slabUnits: number) {
    this.#slabUnits = slabUnits;
    this.#sizes = new Int32Array((slabUnits >> 5) + 1);
  }

  /** How many ranges are a whole slab. */
  get wholeSlabs(): number {
    return this.#bySize[this.#slabUnits]?.length ?? 0;
  }

  /** Returns the size of the range that this and its neighbours make. */
  put(address: number, units: number): number {
    const end = address + units;
    const before = address % this.#slabUnits === 0 ? undefined : this.#byEnd.get(address);
    const after = end % this.#slabUnits === 0 ? undefined : this.#byStart.get(end);
    if (before) this.#remove(before);
    if (after) this.#remove(after);
    const size = units + (before?.units ?? 0) + (after?.units ?? 0);
    this.#insert(before?.address ?? address, size);
    return size;
  }

  /** The address of a range of exactly `units`, cut from a larger one if need be. */
  take(units: number): number | undefined {
    const range = this.#bySize[this.#smallestFrom(units)]?.at(-1);
    if (!range) return undefined;
    this.#remove(range);
    if (range.units > units) this.#insert(range.address + units, range.units - units);
    return range.address;
  }

  /** Takes the very range that begins at `address`, as large as it is. */
  takeAt(address: number): void {
    const range = this.#byStart.get(address);
    if (range) this.#remove(range);
  }

  #insert(address: number, units: number): void {
    const ranges = (this.#bySize[units] ??= []);
    const range: FreeRange = { address, units, place: ranges.length };
    ranges.push(range);
    this.#byStart.set(address, range);
    this.#byEnd.set(address + units, range);
    this.#mark(units, true);
  }

  #remove({ address, units, place }: FreeRange): void {
    this.#byStart.delete(address);
    this.#byEnd.delete(address + units);
    const ranges = this.#bySize[units];
    const last = ranges?.pop();
    if (!ranges || !last) return;
    if (place < ranges.length) {
      last.place = place;
      ranges[place] = last;
    }
    if (ranges.length === 0) this.#mark(units, false);
  }

  #mark(units: number, isThere: boolean): void {
    const word = this.#sizes[units >> 5] ?? 0;
    const bit = 1 << (units & 31);
    this.#sizes[units >> 5] = isThere ? word | bit : word & ~bit;
  }

  /** The smallest size from `units` on of which there is a range; -1 if there is none. */
  #smallestFrom(units: number): number {
    let at = units >> 5;
    let word = (this.#sizes[at] ?? 0) & (-1 << (units & 31));
    while (word === 0 && ++at < this.#sizes.length) word = this.#sizes[at] ?? 0;
    return word === 0 ? -1 : at * 32 + 31 - Math.clz32(word & -word);
  }
}
