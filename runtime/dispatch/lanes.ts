import { Fifo, type FifoEntry } from "#kernel/fifo.ts";
import type { Lane, Slot } from "./slot.ts";

/** At least one of eight starts comes from bulk when it has work. */
const LIVE_STARTS_IN_A_ROW = 7;

/** The slots that are due: live before bulk, first in, first out in each. */
export class Lanes {
  readonly #lanes: Readonly<Record<Lane, Fifo<Slot>>> = { live: new Fifo(), bulk: new Fifo() };
  #liveInARow = 0;

  get size(): number {
    return this.#lanes.live.size + this.#lanes.bulk.size;
  }

  push(slot: Slot): FifoEntry<Slot> {
    return this.#lanes[slot.lane].push(slot);
  }

  remove(lane: Lane, entry: FifoEntry<Slot>): void {
    this.#lanes[lane].remove(entry);
  }

  /** Takes the slot whose turn it is. */
  shift(): Slot | undefined {
    const { live, bulk } = this.#lanes;
    if (bulk.size > 0 && (live.size === 0 || this.#liveInARow >= LIVE_STARTS_IN_A_ROW)) {
      this.#liveInARow = 0;
      return bulk.shift();
    }
    this.#liveInARow = bulk.size > 0 ? this.#liveInARow + 1 : 0;
    return live.shift();
  }
}
