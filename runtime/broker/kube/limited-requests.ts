import type { RateLimiter } from "#kernel/rate-limiter.ts";
import type { ObjectClient } from "#kubernetes/object-client.ts";

/** The same client, at the pace of a limiter. A request whose signal aborts while it waits is never sent. */
export function limitedRequests(objects: ObjectClient, limiter: RateLimiter): ObjectClient {
  return {
    isDryRun: objects.isDryRun,
    withFieldManager: (name) => limitedRequests(objects.withFieldManager(name), limiter),
    get: (target, signal) => limiter.run(() => objects.get(target, signal), signal),
    list: (scope, signal) => limiter.run(() => objects.list(scope, signal), signal),
    create: (target, object, signal) => limiter.run(() => objects.create(target, object, signal), signal),
    patch: (target, patch, type, signal) => limiter.run(() => objects.patch(target, patch, type, signal), signal),
    delete: (target, signal) => limiter.run(() => objects.delete(target, signal), signal),
    evict: (target, signal) => limiter.run(() => objects.evict(target, signal), signal),
  };
}
