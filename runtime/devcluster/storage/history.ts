import type { Change } from "./change.ts";
import { objectSize } from "./object-size.ts";

export interface HistoryLimits {
  /** Changes. */
  readonly count: number;
  /** Of the objects that the changes made, roughly. */
  readonly bytes: number;
}

/** The latest changes in order, within the limits. What is older has been compacted. */
export class History {
  readonly #limits: HistoryLimits;
  #changes: Change[] = [];
  #sizes: number[] = [];
  #bytes = 0;
  #compactedTo: number;

  constructor(limits: HistoryLimits, revision: number) {
    this.#limits = limits;
    this.#compactedTo = revision;
  }

  /** The history holds every change after this revision, and nothing before. */
  get compactedTo(): number {
    return this.#compactedTo;
  }

  push(change: Change): void {
    const size = objectSize(change.object);
    this.#changes.push(change);
    this.#sizes.push(size);
    this.#bytes += size;
    const { count, bytes } = this.#limits;
    // Cutting rarely keeps a push cheap.
    if (this.#changes.length >= count * 1.25 || this.#bytes >= bytes * 1.25) this.#cutToLimits();
  }

  /** Every change after `revision`, oldest first. Only for revisions that are not compacted. */
  after(revision: number): Change[] {
    return this.#changes.slice(this.#indexAfter(revision));
  }

  compact(revision: number): void {
    this.#dropFirst(this.#indexAfter(revision));
    this.#compactedTo = Math.max(this.#compactedTo, revision);
  }

  #cutToLimits(): void {
    const { count, bytes } = this.#limits;
    let dropped = Math.max(0, this.#changes.length - count);
    let left = this.#bytes - sum(this.#sizes.slice(0, dropped));
    // The newest stays, whatever its size.
    for (; left > bytes && dropped < this.#changes.length - 1; dropped++) left -= this.#sizes[dropped] ?? 0;
    this.#dropFirst(dropped);
  }

  #dropFirst(count: number): void {
    this.#compactedTo = this.#changes[count - 1]?.revision ?? this.#compactedTo;
    this.#changes = this.#changes.slice(count);
    this.#bytes -= sum(this.#sizes.slice(0, count));
    this.#sizes = this.#sizes.slice(count);
  }

  #indexAfter(revision: number): number {
    let [low, high] = [0, this.#changes.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#changes[middle]?.revision ?? 0) <= revision) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
