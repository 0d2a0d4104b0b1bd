/** Reproducible chance: mulberry32. */
export class Seeded {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** In [0, 1). */
  readonly next = (): number => {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** A key of `weights`, each as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K {
    let left = this.next() * sumOf(weights);
    let last: string | undefined;
    for (const key in weights) {
      last = key;
      left -= weights[key] ?? 0;
      if (left < 0) break;
    }
    return last as K;
  }
}

function sumOf(weights: Readonly<Record<string, number | undefined>>): number {
  let sum = 0;
  for (const key in weights) sum += weights[key] ?? 0;
  return sum;
}
