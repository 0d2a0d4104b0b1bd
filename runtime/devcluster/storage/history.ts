import type { Change } from "./change.ts";

/** The latest changes in order, at most `limit` of them. What is older has been compacted. */
export class History {
  readonly #limit: number;
  #changes: Change[] = [];
  #compactedTo: number;

  constructor(limit: number, revision: number) {
    this.#limit = limit;
    this.#compactedTo = revision;
  }

  /** The history holds every change after this revision, and nothing before. */
  get compactedTo(): number {
    return this.#compactedTo;
  }

  push(change: Change): void {
    this.#changes.push(change);
    // Cutting rarely keeps a push cheap.
    if (this.#changes.length >= this.#limit * 1.25) this.#dropFirst(this.#changes.length - this.#limit);
  }

  /** Every change after `revision`, oldest first. Only for revisions that are not compacted. */
  after(revision: number): Change[] {
    return this.#changes.slice(this.#indexAfter(revision));
  }

  compact(revision: number): void {
    this.#changes = this.after(revision);
    this.#compactedTo = Math.max(this.#compactedTo, revision);
  }

  #dropFirst(count: number): void {
    this.#compactedTo = this.#changes[count - 1]?.revision ?? this.#compactedTo;
    this.#changes = this.#changes.slice(count);
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
