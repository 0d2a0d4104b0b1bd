import type { Clock } from "#kernel/clock.ts";
import type { RateLimiter } from "#kernel/rate-limiter.ts";
import type { ObjectClient } from "#kubernetes/object-client.ts";

export interface Pace {
  readonly clock: Clock;
  readonly limiter: RateLimiter;
  /** Is told how long a request has waited, when it is sent. */
  readonly onWaited: (waitedMs: number) => void;
}

/** The same client, at the pace of a limiter. A request whose signal aborts while it waits is never sent. */
export function limitedRequests(objects: ObjectClient, pace: Pace): ObjectClient {
  const { clock, limiter, onWaited } = pace;
  const inTurn = <T>(send: () => Promise<T>, signal: AbortSignal): Promise<T> => {
    const cameAtMs = clock.monotonic();
    return limiter.run(() => {
      onWaited(clock.monotonic() - cameAtMs);
      return send();
    }, signal);
  };
  return {
    isDryRun: objects.isDryRun,
    withFieldManager: (name) => limitedRequests(objects.withFieldManager(name), pace),
    get: (target, signal) => inTurn(() => objects.get(target, signal), signal),
    list: (scope, signal) => inTurn(() => objects.list(scope, signal), signal),
    create: (target, object, signal) => inTurn(() => objects.create(target, object, signal), signal),
    patch: (target, patch, type, signal) => inTurn(() => objects.patch(target, patch, type, signal), signal),
    delete: (target, signal) => inTurn(() => objects.delete(target, signal), signal),
    evict: (target, signal) => inTurn(() => objects.evict(target, signal), signal),
  };
}
