import type { RawObject } from "#resources/raw-object.ts";

/** A handler that can be told an unchanged object again. */
export interface ResyncTarget {
  resynced(object: RawObject): void;
}
/** client-go: `minimumResyncPeriod` in shared_informer.go. */
const MIN_RESYNC_MS = 1_000;

interface Slot {
  readonly requestedMs: number;
  dueAt: number;
}

/**
 * Who is to be told the cache again, and when (client-go: shared_informer.go). No request goes to the server.
 * One check period serves all handlers: the shortest that was asked for before the start. 0 means never.
 */
export class ResyncSchedule {
  readonly #slots = new Map<ResyncTarget, Slot>();
  #checkMs: number;
  #started = false;

  constructor(defaultMs: number) {
    this.#checkMs = defaultMs <= 0 ? 0 : Math.max(defaultMs, MIN_RESYNC_MS);
  }

  get checkMs(): number {
    return this.#checkMs;
  }

  /** Fixes the check period. */
  start(): void {
    this.#started = true;
  }

  /** `periodMs` 0: never. A shorter period than the check period shortens that one before the start, and is raised to it afterwards. */
  add(target: ResyncTarget, periodMs: number, now: number): void {
    if (periodMs <= 0) return;
    const requestedMs = Math.max(periodMs, MIN_RESYNC_MS);
    if (!this.#started && requestedMs < this.#checkMs) this.#checkMs = requestedMs;
    this.#slots.set(target, { requestedMs, dueAt: now + requestedMs });
  }

  remove(target: ResyncTarget): void {
    this.#slots.delete(target);
  }

  /** How often `target` is told, in milliseconds: a multiple of the check period in effect, 0 for never. */
  periodOf(target: ResyncTarget): number {
    const slot = this.#slots.get(target);
    return slot === undefined || this.#checkMs === 0 ? 0 : Math.max(slot.requestedMs, this.#checkMs);
  }

  /** Whose time has come; each gets its next time. */
  due(now: number): ResyncTarget[] {
    const due = [...this.#slots].filter(([target, slot]) => this.periodOf(target) > 0 && now >= slot.dueAt);
    for (const [target, slot] of due) slot.dueAt = now + this.periodOf(target);
    return due.map(([target]) => target);
  }
}
