/** A place in a `Heap`. Its owner keeps it to leave early. */
export class HeapEntry<T> {
  readonly value: T;
  readonly priority: number;
  readonly order: number;
  /** -1 once it has left. */
  index = -1;

  constructor(value: T, priority: number, order: number) {
    this.value = value;
    this.priority = priority;
    this.order = order;
  }
}

/** Smallest priority first, equal ones in the order in which they came. Entries can leave early. Every change takes logarithmic time. */
export class Heap<T> {
  readonly #entries: HeapEntry<T>[] = [];
  #order = 0;

  get size(): number {
    return this.#entries.length;
  }

  get first(): HeapEntry<T> | undefined {
    return this.#entries[0];
  }

  push(value: T, priority: number): HeapEntry<T> {
    const entry = new HeapEntry(value, priority, this.#order++);
    this.#entries.push(entry);
    this.#rise(entry, this.#entries.length - 1);
    return entry;
  }

  /** Does nothing if the entry has left already. */
  remove(entry: HeapEntry<T>): void {
    const { index } = entry;
    const last = this.#entries[index] === entry ? this.#entries.pop() : undefined;
    entry.index = -1;
    if (!last || last === entry) return;
    this.#sink(last, index);
    if (last.index === index) this.#rise(last, index);
  }

  /** Moves `entry` from `index` towards the root until its parent is smaller. */
  #rise(entry: HeapEntry<T>, index: number): void {
    let at = index;
    while (at > 0) {
      const parentIndex = (at - 1) >> 1;
      const parent = this.#entries[parentIndex];
      if (!parent || isBefore(parent, entry)) break;
      this.#put(parent, at);
      at = parentIndex;
    }
    this.#put(entry, at);
  }

  /** Moves `entry` from `index` away from the root until its children are larger. */
  #sink(entry: HeapEntry<T>, index: number): void {
    let at = index;
    for (;;) {
      const left = this.#entries[2 * at + 1];
      const right = this.#entries[2 * at + 2];
      const child = left && right && isBefore(right, left) ? right : left;
      if (!child || isBefore(entry, child)) break;
      const childIndex = child.index;
      this.#put(child, at);
      at = childIndex;
    }
    this.#put(entry, at);
  }

  #put(entry: HeapEntry<T>, index: number): void {
    this.#entries[index] = entry;
    entry.index = index;
  }
}

function isBefore<T>(a: HeapEntry<T>, b: HeapEntry<T>): boolean {
  return a.priority < b.priority || (a.priority === b.priority && a.order < b.order);
}
