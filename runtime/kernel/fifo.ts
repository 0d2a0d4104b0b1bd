/** A first-in first-out queue whose `shift` costs the same however long it is. */
export class Fifo<T> {
  #incoming: T[] = [];
  #outgoing: T[] = [];

  get length(): number {
    return this.#incoming.length + this.#outgoing.length;
  }

  push(item: T): void {
    this.#incoming.push(item);
  }

  /** The oldest item; `undefined` when there is none. */
  shift(): T | undefined {
    if (this.#outgoing.length === 0) {
      this.#outgoing = this.#incoming.reverse();
      this.#incoming = [];
    }
    return this.#outgoing.pop();
  }

  /** Takes everything, oldest first. */
  drain(): T[] {
    const items = [...this.#outgoing.reverse(), ...this.#incoming];
    this.#outgoing = [];
    this.#incoming = [];
    return items;
  }
}
