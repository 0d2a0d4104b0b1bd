import { Heap } from "#kernel/heap.ts";
import { Lanes } from "./lanes.ts";
import type { ActiveRun, Slot } from "./slot.ts";

/** What a slot does next. */
export type Step =
  | { readonly type: "unsettled" }
  | { readonly type: "queued" }
  /** Monotonic milliseconds. */
  | { readonly type: "waiting"; readonly dueAt: number }
  | { readonly type: "running"; readonly run: ActiveRun }
  | { readonly type: "parked" };

export interface SlotCounts {
  /** Due now. */
  readonly queued: number;
  /** For a retry or a requeue. */
  readonly waiting: number;
  readonly running: number;
  /** Their last event is a dead letter. */
  readonly parked: number;
}

/** Where every slot stands. The only place that changes a slot's phase. */
export class Schedule {
  readonly #due = new Lanes();
  readonly #waiting = new Heap<Slot>();
  #running = 0;
  #parked = 0;

  get counts(): SlotCounts {
    return { queued: this.#due.size, waiting: this.#waiting.size, running: this.#running, parked: this.#parked };
  }

  /** When the next waiting slot is due, in monotonic milliseconds. */
  get nextDueAt(): number | undefined {
    return this.#waiting.first?.priority;
  }

  /** A slot that stands there already keeps its place in the queue. */
  move(slot: Slot, step: Step): void {
    if (isThere(slot, step)) return;
    this.#withdraw(slot);
    switch (step.type) {
      case "queued":
        slot.phase = { type: "queued", lane: slot.lane, entry: this.#due.push(slot) };
        break;
      case "waiting":
        slot.phase = { type: "waiting", entry: this.#waiting.push(slot, step.dueAt) };
        break;
      case "running":
        this.#running++;
        slot.phase = step;
        break;
      case "parked":
        this.#parked++;
        slot.phase = step;
        break;
      case "unsettled":
        slot.phase = step;
    }
  }

  /** Queues what has waited long enough. */
  promote(now: number): void {
    for (let first = this.#waiting.first; first && first.priority <= now; first = this.#waiting.first) {
      this.move(first.value, { type: "queued" });
    }
  }

  /** Takes the slot whose turn it is. Its next step must be told at once. */
  take(): Slot | undefined {
    return this.#due.shift();
  }

  #withdraw({ phase }: Slot): void {
    if (phase.type === "queued") this.#due.remove(phase.lane, phase.entry);
    else if (phase.type === "waiting") this.#waiting.remove(phase.entry);
    else if (phase.type === "running") this.#running--;
    else if (phase.type === "parked") this.#parked--;
  }
}

function isThere({ phase, lane }: Slot, step: Step): boolean {
  if (phase.type === "queued") return step.type === "queued" && phase.lane === lane;
  return phase.type === "waiting" && step.type === "waiting" && phase.entry.priority === step.dueAt;
}
