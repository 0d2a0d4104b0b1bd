import { RecentMap } from "./recent-map.ts";

/** client-go: `defaultAggregateMaxEvents` and `defaultAggregateIntervalInSeconds` of tools/record/events_cache.go. */
const MAX_MESSAGES = 10;
const INTERVAL_MS = 10 * 60_000;
const MAX_KINDS = 1_024;

interface Seen {
  readonly messages: Set<string>;
  /** Monotonic. */
  lastMs: number;
}

/** Which Events differ only in their message so often that they become one. */
export class SimilarEvents {
  readonly #seen = new RecentMap<Seen>(MAX_KINDS);

  /**
   * Counts this message. True from the tenth that came within ten minutes of each other.
   * @param kind object, type and reason, as one text
   * @param nowMs monotonic
   */
  areMany(kind: string, message: string, nowMs: number): boolean {
    const seen = this.#recent(kind, nowMs);
    seen.lastMs = nowMs;
    seen.messages.add(message);
    if (seen.messages.size < MAX_MESSAGES) return false;
    // Stays one short of the limit: the set must not grow, and the next message must still find it full.
    seen.messages.delete(message);
    return true;
  }

  #recent(kind: string, nowMs: number): Seen {
    const known = this.#seen.get(kind);
    if (known !== undefined && nowMs - known.lastMs < INTERVAL_MS) return known;
    const fresh: Seen = { messages: new Set(), lastMs: nowMs };
    this.#seen.set(kind, fresh);
    return fresh;
  }
}
