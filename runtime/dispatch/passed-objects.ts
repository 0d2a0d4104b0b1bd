import { Fifo, type FifoEntry } from "#kernel/fifo.ts";
import type { Generation, Slot } from "./slot.ts";

interface Passed {
  readonly slot: Slot;
  readonly generation: Generation;
}

/** The objects that came and went before a run of them began, oldest first. Each holds a copy of its last state. */
export class PassedObjects {
  readonly #fifo = new Fifo<Passed>();
  readonly #entries = new Map<Generation, FifoEntry<Passed>>();

  get size(): number {
    return this.#fifo.size;
  }

  add(slot: Slot, generation: Generation): void {
    this.#entries.set(generation, this.#fifo.push({ slot, generation }));
  }

  /** It has begun, or nobody waits for it any more. */
  remove(generation: Generation): void {
    const entry = this.#entries.get(generation);
    if (!entry) return;
    this.#entries.delete(generation);
    this.#fifo.remove(entry);
  }

  takeOldest(): Passed | undefined {
    const oldest = this.#fifo.shift();
    if (oldest) this.#entries.delete(oldest.generation);
    return oldest;
  }
}
