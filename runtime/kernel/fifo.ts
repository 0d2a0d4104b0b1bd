/** A place in a `Fifo`. Its owner keeps it to leave early. */
export class FifoEntry<T> {
  readonly value: T;
  previous: FifoEntry<T> | undefined;
  next: FifoEntry<T> | undefined;
  waits = true;

  constructor(value: T, previous: FifoEntry<T> | undefined) {
    this.value = value;
    this.previous = previous;
  }
}

/** First in, first out; entries can leave from the middle. Every operation takes constant time. */
export class Fifo<T> {
  #first: FifoEntry<T> | undefined;
  #last: FifoEntry<T> | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(value: T): FifoEntry<T> {
    const entry = new FifoEntry(value, this.#last);
    if (this.#last) this.#last.next = entry;
    else this.#first = entry;
    this.#last = entry;
    this.#size++;
    return entry;
  }

  shift(): T | undefined {
    const first = this.#first;
    if (first) this.remove(first);
    return first?.value;
  }

  /** Does nothing if the entry has left already. */
  remove(entry: FifoEntry<T>): void {
    if (!entry.waits) return;
    const { previous, next } = entry;
    if (previous) previous.next = next;
    else this.#first = next;
    if (next) next.previous = previous;
    else this.#last = previous;
    entry.previous = entry.next = undefined;
    entry.waits = false;
    this.#size--;
  }
}
