/** Free ranges of an arena by their size, so that the smallest one that is large enough is found at once. */
export class FreeSlots {
  readonly #addresses: number[][] = [];
  /** One bit a size: whether `#addresses` has any of it. */
  readonly #sizes: Int32Array;

  /** @param largest the size of the largest range, in units */
  constructor(largest: number) {
    this.#sizes = new Int32Array((largest >> 5) + 1);
  }

  put(address: number, units: number): void {
    const addresses = (this.#addresses[units] ??= []);
    addresses.push(address);
    this.#mark(units, addresses);
  }

  /** The address of a range of exactly `units`, cut from a larger one if need be. */
  take(units: number): number | undefined {
    const size = this.#smallestFrom(units);
    const addresses = this.#addresses[size];
    const address = addresses?.pop();
    if (addresses === undefined || address === undefined) return undefined;
    this.#mark(size, addresses);
    if (size > units) this.put(address + units, size - units);
    return address;
  }

  /** Forgets every range that begins in `[from, to)`. Costs a look at each range. */
  forget(from: number, to: number): void {
    for (const [units, addresses] of this.#addresses.entries()) {
      if (!addresses) continue;
      const kept = addresses.filter((address) => address < from || address >= to);
      this.#addresses[units] = kept;
      this.#mark(units, kept);
    }
  }

  #mark(units: number, addresses: readonly number[]): void {
    const word = this.#sizes[units >> 5] ?? 0;
    const bit = 1 << (units & 31);
    this.#sizes[units >> 5] = addresses.length > 0 ? word | bit : word & ~bit;
  }

  /** The smallest size from `units` on of which there is a range; -1 if there is none. */
  #smallestFrom(units: number): number {
    let at = units >> 5;
    let word = (this.#sizes[at] ?? 0) & (-1 << (units & 31));
    while (word === 0 && ++at < this.#sizes.length) word = this.#sizes[at] ?? 0;
    return word === 0 ? -1 : at * 32 + 31 - Math.clz32(word & -word);
  }
}
