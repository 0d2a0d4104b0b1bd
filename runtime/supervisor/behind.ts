import { resourceName } from "#resources/api-resource.ts";
import type { HandlerCaches } from "./ports.ts";
import type { RecentDeletes } from "./recent-deletes.ts";

/**
 * Whether `next` has still to hear of something that the caches which serve show already. Both hear of a change by a watch of
 * their own, at different moments: a swap to caches that have not heard of it yet would go back in time and tell it twice.
 */
export function isBehind(next: HandlerCaches, serving: HandlerCaches, deletes: RecentDeletes): boolean {
  if (next.view === serving.view || resourceName(next.resource) !== resourceName(serving.resource)) return false;
  for (const { key, namespace, resourceVersion } of serving.view.values()) {
    if (!isWatched(next, namespace)) continue;
    const found = next.view.get(key);
    // Missing: not heard of yet, or gone already, which the other watch will tell soon.
    if (!found || isOlder(found.resourceVersion, resourceVersion)) return true;
  }
  for (const [key, deletedAt] of deletes.entries()) {
    const found = next.view.get(key);
    if (found && !isOlder(deletedAt, found.resourceVersion)) return true;
  }
  return false;
}

function isWatched({ namespaces }: HandlerCaches, namespace: string): boolean {
  return namespaces?.includes(namespace) ?? true;
}

/** Versions of one resource are decimal numbers of any length (KEP-5504). */
function isOlder(left: string, right: string): boolean {
  return left.length === right.length ? left < right : left.length < right.length;
}
