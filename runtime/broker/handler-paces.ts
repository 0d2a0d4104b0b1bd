import type { Clock } from "#kernel/clock.ts";
import { Gate } from "#kernel/gate.ts";
import { type RateLimit, RateLimiter } from "#kernel/rate-limiter.ts";
import { TokenBucket, type TokenRate } from "#kernel/token-bucket.ts";

/**
 * Of one handler. The pace of client-go's controllers (`kube-controller-manager`: 20 requests a second, bursts of 30), a little wider at
 * once: a first start runs for every object that there is.
 */
const KUBE_LIMIT: RateLimit = { perSecond: 20, burst: 40, atOnce: 16 };
/** Requests of `fetch` on their way. */
const FETCHES_AT_ONCE = 8;
/** Milliseconds of the host's: half of its time, and two seconds at once for what happens seldom. */
const HOST_TIME: TokenRate = { perSecond: 500, burst: 2_000 };

/** How fast one handler may ask. */
export interface HandlerPace {
  readonly kube: RateLimiter;
  readonly fetch: Gate;
  /** Of the milliseconds that it keeps the host busy. */
  readonly hostTime: TokenBucket;
}

/**
 * The pace of each handler, through all its revisions: a new one begins with what the last one has left, and while both run they
 * share it. The broker opens one for each revision.
 */
export class HandlerPaces {
  readonly #clock: Clock;
  readonly #paces = new Map<string, HandlerPace>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  open(handler: string): HandlerPace {
    const known = this.#paces.get(handler);
    if (known) return known;
    const pace = {
      kube: new RateLimiter(this.#clock, KUBE_LIMIT),
      fetch: new Gate(FETCHES_AT_ONCE),
      hostTime: new TokenBucket(this.#clock, HOST_TIME),
    };
    this.#paces.set(handler, pace);
    return pace;
  }

  /** What still runs keeps its pace. */
  remove(handler: string): void {
    this.#paces.delete(handler);
  }

  rename(from: string, to: string): void {
    const pace = this.#paces.get(from);
    if (!pace) return;
    this.#paces.delete(from);
    this.#paces.set(to, pace);
  }
}
