import { SizeSet } from "./size-set.ts";
import { SLAB_UNITS, type Slab } from "./slab.ts";

/**
 * The free ranges of an arena. Neighbours are joined, so that ranges that were cut up become large again;
 * the smallest range that is large enough is found without a search. No range crosses the end of a slab.
 */
export class FreeRanges {
  readonly #slabAt: (address: number) => Slab;
  /** The addresses of the ranges of each size. */
  readonly #bySize: number[][] = [];
  /** The sizes of which there are ranges. */
  readonly #sizes = new SizeSet(SLAB_UNITS);

  constructor(slabAt: (address: number) => Slab) {
    this.#slabAt = slabAt;
  }

  /** How many ranges are a whole slab. */
  get wholeSlabs(): number {
    return this.#bySize[SLAB_UNITS]?.length ?? 0;
  }

  /** Returns the size of the range that this and its neighbours make. */
  put(address: number, units: number): number {
    const slab = this.#slabAt(address);
    const unit = address % SLAB_UNITS;
    const before = slab.freeUnitsAt(unit - 1);
    const after = slab.freeUnitsAt(unit + units);
    if (before > 0) this.remove(address - before, before);
    if (after > 0) this.remove(address + units, after);
    const joined = before + units + after;
    this.#insert(address - before, joined);
    return joined;
  }

  /** The address of a range of exactly `units`, cut from a larger one if need be. */
  take(units: number): number | undefined {
    const size = this.#sizes.nextFrom(units);
    const address = this.#bySize[size]?.at(-1);
    if (address === undefined) return undefined;
    this.remove(address, size);
    if (size > units) this.#insert(address + units, size - units);
    return address;
  }

  /** Takes the very range that begins at `address` and has this size. */
  remove(address: number, units: number): void {
    const slab = this.#slabAt(address);
    slab.markUsed(address % SLAB_UNITS, units);
    const addresses = this.#bySize[units] ?? [];
    const last = addresses.pop();
    if (addresses.length === 0) this.#sizes.delete(units);
    if (last === undefined || last === address) return;
    const place = slab.placeOf(address % SLAB_UNITS);
    addresses[place] = last;
    this.#slabAt(last).setPlace(last % SLAB_UNITS, place);
  }

  #insert(address: number, units: number): void {
    const addresses = (this.#bySize[units] ??= []);
    const slab = this.#slabAt(address);
    slab.markFree(address % SLAB_UNITS, units);
    slab.setPlace(address % SLAB_UNITS, addresses.length);
    addresses.push(address);
    this.#sizes.add(units);
  }
}
