/** A set of whole numbers in which the next one from a given one on is found in a few steps. */
export class SizeSet {
  readonly #bits: Int32Array;
  /** One bit for each word of `#bits` that is not zero. */
  readonly #words: Int32Array;

  /** @param largest the largest number that it can hold */
  constructor(largest: number) {
    this.#bits = new Int32Array((largest >> 5) + 1);
    this.#words = new Int32Array((this.#bits.length >> 5) + 1);
  }

  add(size: number): void {
    setBit(this.#bits, size);
    setBit(this.#words, size >> 5);
  }

  delete(size: number): void {
    clearBit(this.#bits, size);
    if (this.#bits[size >> 5] === 0) clearBit(this.#words, size >> 5);
  }

  /** The smallest number from `size` on; -1 if there is none. */
  nextFrom(size: number): number {
    const near = lowestBit((this.#bits[size >> 5] ?? 0) & (-1 << (size & 31)));
    if (near !== -1) return (size & ~31) + near;
    const word = nextBit(this.#words, (size >> 5) + 1);
    return word === -1 ? -1 : word * 32 + lowestBit(this.#bits[word] ?? 0);
  }
}

function setBit(words: Int32Array, bit: number): void {
  words[bit >> 5] = (words[bit >> 5] ?? 0) | (1 << (bit & 31));
}

function clearBit(words: Int32Array, bit: number): void {
  words[bit >> 5] = (words[bit >> 5] ?? 0) & ~(1 << (bit & 31));
}

function nextBit(words: Int32Array, from: number): number {
  let mask = -1 << (from & 31);
  for (let at = from >> 5; at < words.length; at++) {
    const lowest = lowestBit((words[at] ?? 0) & mask);
    if (lowest !== -1) return at * 32 + lowest;
    mask = -1;
  }
  return -1;
}

/** -1 for zero. */
function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}
