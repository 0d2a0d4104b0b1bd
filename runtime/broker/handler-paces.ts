import type { Clock } from "#kernel/clock.ts";
import { Gate } from "#kernel/gate.ts";
import { type RateLimit, RateLimiter } from "#kernel/rate-limiter.ts";
import { TokenBucket, type TokenRate } from "#kernel/token-bucket.ts";
import { ByHandler } from "./by-handler.ts";

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

/** The pace of each handler. The broker asks for it with each revision. */
export type HandlerPaces = ByHandler<HandlerPace>;

export function createHandlerPaces(clock: Clock): HandlerPaces {
  return new ByHandler(() => ({
    kube: new RateLimiter(clock, KUBE_LIMIT),
    fetch: new Gate(FETCHES_AT_ONCE),
    hostTime: new TokenBucket(clock, HOST_TIME),
  }));
}
