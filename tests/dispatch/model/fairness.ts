import type { Lane, Slot } from "#dispatch/slot.ts";

/** Counts starts, to see whether live and bulk get their share. */
export class Fairness {
  #liveInARow = 0;
  #liveSinceBulk = 0;

  /** What is wrong with a start from `lane`, while something is left in the lanes `queued`. */
  judge(lane: Lane, queued: readonly Lane[]): string | undefined {
    if (lane === "bulk") {
      const isEarly = queued.includes("live") && this.#liveSinceBulk < 7;
      this.#liveInARow = this.#liveSinceBulk = 0;
      return isEarly ? "bulk delays live" : undefined;
    }
    this.#liveSinceBulk++;
    this.#liveInARow = queued.includes("bulk") ? this.#liveInARow + 1 : 0;
    return this.#liveInARow > 7 ? "bulk starves" : undefined;
  }
}

/** The lanes in which a slot stands. */
export function queuedLanes(slots: readonly Readonly<Slot>[]): readonly Lane[] {
  return slots.flatMap(({ phase }) => (phase.type === "queued" ? [phase.lane] : []));
}
