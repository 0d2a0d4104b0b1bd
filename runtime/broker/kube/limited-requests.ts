import type { Clock } from "#kernel/clock.ts";
import type { RateLimiter } from "#kernel/rate-limiter.ts";
import type { ObjectAnswer, ObjectClient } from "#kubernetes/object-client.ts";

export interface Pace {
  readonly clock: Clock;
  readonly limiter: RateLimiter;
  /** Is told how long a request has waited, when it is sent. */
  readonly onWaited: (waitedMs: number) => void;
}

/** Of an answer, for each request that it counts as: the host parses it and writes it anew, and serves nobody else meanwhile. */
const BYTES_PER_REQUEST = 64 * 1024;

/** The same client, at the pace of a limiter. A request whose signal aborts while it waits is never sent. */
export function limitedRequests(objects: ObjectClient, pace: Pace): ObjectClient {
  const { clock, limiter, onWaited } = pace;
  const inTurn = (send: () => Promise<ObjectAnswer>, signal: AbortSignal): Promise<ObjectAnswer> => {
    const cameAtMs = clock.monotonic();
    return limiter.run(async () => {
      onWaited(clock.monotonic() - cameAtMs);
      const answer = await send();
      if (answer.type === "object") limiter.charge(Math.floor((answer.bytes ?? 0) / BYTES_PER_REQUEST));
      return answer;
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
