import type { Clock } from "#kernel/clock.ts";
import type { RateLimiter } from "#kernel/rate-limiter.ts";
import type { ObjectClient } from "#kubernetes/object-client.ts";
import type { Logger } from "#observability/logger.ts";
import { heldBackNotice } from "../held-back-notice.ts";
import { shownWrites } from "../caches/shown-writes.ts";
import type { BrokeredHandler, KubeWrite } from "../ports.ts";
import { fieldManagerOf } from "./field-manager.ts";
import { limitedRequests } from "./limited-requests.ts";
import { toldWrites } from "./told-writes.ts";

export interface HandlerObjectsDeps {
  readonly objects: ObjectClient;
  readonly clock: Clock;
  /** The handler's. */
  readonly limiter: RateLimiter;
  readonly logger: Logger;
}

/** client-go: `extraLongThrottleLatency` of rest/request.go. */
const LONG_WAIT_MS = 1_000;

/**
 * One handler's way to the API server: in its own name, no faster than its limit, and its writes resolve when its caches have them.
 * Returns how to have a client that tells each write.
 */
export function createHandlerObjects(
  { objects, clock, limiter, logger }: HandlerObjectsDeps,
  { id, cache, listers }: Pick<BrokeredHandler, "id" | "cache" | "listers">,
): (tell: ((write: KubeWrite) => void) | undefined) => ObjectClient {
  const own = objects.withFieldManager(fieldManagerOf(id));
  const say = (waitedMs: number): void => logger.warn("kube calls held back", { handler: id, waitedMs });
  const pace = { clock, limiter, onWaited: heldBackNotice({ clock, longWaitMs: LONG_WAIT_MS, say }) };
  const caches = [cache, ...Object.values(listers)];
  return (tell) => {
    const told = tell ? toldWrites(own, tell) : own;
    return shownWrites(limitedRequests(told, pace), caches, clock);
  };
}
