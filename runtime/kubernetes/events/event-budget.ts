import { RecentMap } from "./recent-map.ts";

/** client-go: `defaultSpamBurst` and `defaultSpamQPS` of tools/record/events_cache.go. */
const BURST = 25;
const REFILL_MS = 5 * 60_000;
/** A quarter of client-go's `maxLruCacheEntries`: one runtime speaks of few objects. */
const MAX_OBJECTS = 1_024;

interface Bucket {
  tokens: number;
  /** Monotonic. */
  filledAtMs: number;
}

/** How often something may be sent about one object: 25 times at once, then once in five minutes. */
export class EventBudget {
  readonly #buckets = new RecentMap<Bucket>(MAX_OBJECTS);

  /** @param nowMs monotonic */
  spend(object: string, nowMs: number): boolean {
    const bucket = this.#buckets.get(object) ?? { tokens: BURST, filledAtMs: nowMs };
    const tokens = Math.min(BURST, bucket.tokens + (nowMs - bucket.filledAtMs) / REFILL_MS);
    const isGranted = tokens >= 1;
    this.#buckets.set(object, { tokens: isGranted ? tokens - 1 : tokens, filledAtMs: nowMs });
    return isGranted;
  }
}
