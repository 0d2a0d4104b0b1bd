import { listWatchScopes } from "#informer/informer-scope.ts";
import type { SharedInformer } from "#informer/shared-informer.ts";
import type { InformerHealth } from "#observability/health/health-sources.ts";
import { resourceName } from "#resources/api-resource.ts";

/** One for each resource, namespace and selectors, however many informers there are of it: synced if all of them are. */
export function informerHealth(informers: readonly SharedInformer[]): readonly InformerHealth[] {
  const found = new Map<string, InformerHealth>();
  for (const informer of informers) {
    const resource = resourceName(informer.scope.resource);
    for (const { namespace, labelSelector, fieldSelector } of listWatchScopes(informer.scope)) {
      const key = JSON.stringify([resource, namespace, labelSelector, fieldSelector]);
      const synced = isFollowing(informer) && (found.get(key)?.synced ?? true);
      const selectors = { ...(labelSelector && { labelSelector }), ...(fieldSelector && { fieldSelector }) };
      found.set(key, { resource, namespace, ...selectors, synced });
    }
  }
  return [...found.values()];
}

/** Its cache shows a complete state and follows the API server. */
export function isFollowing({ state, hasSynced }: SharedInformer): boolean {
  return hasSynced && (state.type === "synced" || state.type === "watching");
}
