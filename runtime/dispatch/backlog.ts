/**
 * What one handler still has to be told: its slots, and the one decision what each of them does next.
 * It starts nothing: the dispatcher takes from the schedule what is due.
 */
import type { Clock } from "#kernel/clock.ts";
import { resourceName } from "#resources/api-resource.ts";
import type { RawObject } from "#resources/raw-object.ts";
import { difference, sameVersion } from "./difference.ts";
import type { DispatchOptions } from "./dispatch-options.ts";
import { createInterest, type Interest } from "./interest.ts";
import { createScope, type Scope } from "./matching.ts";
import { PassedObjects } from "./passed-objects.ts";
import type { CacheView, Cause, DispatchObserver, EventType, Ledger } from "./ports.ts";
import type { Schedule } from "./schedule.ts";
import { SlotTable } from "./slot-table.ts";
import { type Generation, type Lane, Slot } from "./slot.ts";

export interface BacklogDeps {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly observer: DispatchObserver;
  readonly schedule: Schedule;
}

export class Backlog {
  readonly slots: SlotTable;
  readonly passed = new PassedObjects();
  /** A reload exchanges it. */
  cache: CacheView;
  readonly #deps: BacklogDeps;
  readonly #passedLimit: number;
  #options: DispatchOptions;
  #scope: Scope;
  #interest: Interest;
  #forgotten = 0;

  constructor(deps: BacklogDeps, cache: CacheView, options: DispatchOptions, passedLimit: number) {
    this.#deps = deps;
    this.#passedLimit = passedLimit;
    this.slots = new SlotTable(resourceName(options.resource));
    this.cache = cache;
    this.#options = options;
    this.#scope = createScope(options);
    this.#interest = createInterest(options);
  }

  get options(): DispatchOptions {
    return this.#options;
  }

  get scope(): Scope {
    return this.#scope;
  }

  get interest(): Interest {
    return this.#interest;
  }

  /** Other options hold from the next decision on. */
  adopt(options: DispatchOptions): void {
    this.#options = options;
    this.#scope = createScope(options);
    this.#interest = createInterest(options);
  }

  get clock(): Clock {
    return this.#deps.clock;
  }

  /** A slot that still has to be settled. */
  open(key: string, lane: Lane, cause: Cause): Slot {
    return new Slot(this.slots.resource, key, lane, cause);
  }

  /** Tries the event of a dead letter again. `false`: the object has gone on since, and there is nothing to try. */
  replay(key: string): boolean {
    const slot = this.slots.get(key);
    if (slot?.phase.type !== "parked") return false;
    this.unpark(slot);
    slot.cause = slot.latestCause = "replay";
    slot.lane = "live";
    this.settle(slot);
    return true;
  }

  /** The next attempt is the first one. */
  unpark(slot: Slot): void {
    if (slot.phase.type !== "parked") return;
    this.#deps.schedule.move(slot, { type: "unsettled" });
    slot.startOver();
  }

  /** Decides what the slot does next, after anything has changed. Returns whether it still has work. */
  settle(slot: Slot): boolean {
    if (slot.phase.type === "running" || slot.phase.type === "parked") return true;
    const { schedule, clock } = this.#deps;
    const next = this.#nextEvent(slot);
    if (next === "unsettled") schedule.move(slot, { type: "unsettled" });
    else if (next === undefined && !this.#rests(slot)) return this.#end(slot);
    else {
      const dueAt = Math.max(slot.notBefore, next === undefined ? (slot.again?.at ?? 0) : 0);
      schedule.move(slot, dueAt > clock.monotonic() ? { type: "waiting", dueAt } : { type: "queued" });
    }
    this.slots.add(slot);
    return true;
  }

  /** Moves `handled`: a run succeeded, or the handler does not listen to this event. */
  finished(slot: Slot, type: EventType, object: RawObject): void {
    if (slot.head) this.passed.remove(slot.head);
    slot.finished(type, object);
    this.#deps.ledger.finished(slot.key, slot.handled);
  }

  /** Counts as finished without a run. */
  record(key: string, version: RawObject): void {
    this.#deps.ledger.finished(key, version);
  }

  /** The first generation is over, untold or dead. */
  leave(slot: Slot): void {
    if (slot.head) this.passed.remove(slot.head);
    slot.leave();
  }

  /** A run starts: from now on its object is never forgotten. */
  begin(slot: Slot): void {
    slot.cause = undefined;
    if (!slot.head) return;
    slot.head.begun = true;
    this.passed.remove(slot.head);
  }

  /** Forgets generations. With the first one goes all that is known of it, and a run in flight ends for nobody. */
  reduce(slot: Slot, isKept: (generation: Generation) => boolean): void {
    const [head] = slot.generations;
    const kept = slot.generations.filter(isKept);
    for (const generation of slot.generations) if (!kept.includes(generation)) this.passed.remove(generation);
    slot.generations = kept;
    if (kept[0] === head) return;
    this.unpark(slot);
    if (slot.phase.type === "running") slot.phase.run.forgotten = true;
    slot.handled = undefined;
    slot.again = undefined;
    slot.cause = undefined;
    slot.startOver();
  }

  /** The first generation as it is now, with its bytes. `undefined`: the cache is ahead of what was told. */
  newest(slot: Slot): RawObject | undefined {
    const [head] = slot.generations;
    if (!head || head.gone) return head?.newest;
    const cached = this.cache.get(slot.key);
    return sameVersion(cached, head.newest) ? cached : undefined;
  }

  /** Forgets the oldest objects that came and went, above the limit. */
  limitPassed(): void {
    while (this.passed.size > this.#passedLimit) {
      const oldest = this.passed.takeOldest();
      if (!oldest) return;
      const { slot, generation } = oldest;
      this.#deps.observer.forgotten(generation.newest, ++this.#forgotten);
      if (generation === slot.head) slot.leave();
      else slot.generations = slot.generations.filter((one) => one !== generation);
      this.settle(slot);
    }
  }

  /** Counts what matches, and what has a slot. */
  hasMoreObjectsThan(count: number): boolean {
    if (this.slots.size > count) return true;
    const keys = new Set(Array.from(this.slots.values(), ({ key }) => key));
    for (const object of this.cache.values()) {
      if (this.#scope.matches(object)) keys.add(object.key);
      if (keys.size > count) return true;
    }
    return false;
  }

  /** The type of what the handler is told next. Whatever it does not listen to is finished on the way. */
  #nextEvent(slot: Slot): EventType | "unsettled" | undefined {
    for (;;) {
      const [head] = slot.generations;
      if (!head) return undefined;
      const type = difference(slot.handled, head, this.#scope.matches(head.newest));
      if (type === "nothing") return undefined;
      if (type === "over") {
        this.leave(slot);
        continue;
      }
      const object = this.#interest.readsBytes(type) ? this.newest(slot) : head.newest;
      if (!object) return "unsettled";
      if (this.#interest.listensTo(type, slot.handled, object)) return type;
      this.#deps.observer.finishedSilently(type, object);
      this.finished(slot, type, object);
    }
  }

  /** Without a difference: whether a repeat is pending. Until then the cache alone holds the object's bytes. */
  #rests(slot: Slot): boolean {
    slot.cause = undefined;
    if (this.#interest.repeatType === undefined) slot.again = undefined;
    if (!slot.again) return false;
    slot.handled = slot.head?.newest;
    return true;
  }

  #end(slot: Slot): false {
    this.#deps.schedule.move(slot, { type: "unsettled" });
    this.slots.delete(slot);
    return false;
  }
}
