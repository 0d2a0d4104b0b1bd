import { listWatchScopes } from "#informer/informer-scope.ts";
import type { SharedInformer } from "#informer/shared-informer.ts";
import { NAMESPACE_INDEX } from "#informer/store/indexer.ts";
import type { CacheBytes, CacheSize } from "#observability/metrics/metric-sources.ts";
import { resourceName } from "#resources/api-resource.ts";
import { isFollowing } from "./informer-health.ts";

/** One for each resource and namespace, over all informers of it. */
export function cacheSizes(informers: readonly SharedInformer[]): readonly CacheSize[] {
  const found = new Map<string, CacheSize>();
  for (const informer of informers) {
    const { scope, cache } = informer;
    const resource = resourceName(scope.resource);
    const scopes = listWatchScopes(scope);
    for (const { namespace } of scopes) {
      const key = `${resource}/${namespace}`;
      const { objects, synced } = found.get(key) ?? { objects: 0, synced: true };
      const here = scopes.length > 1 ? cache.byIndex(NAMESPACE_INDEX, namespace).length : cache.size;
      found.set(key, { resource, namespace, objects: objects + here, synced: synced && isFollowing(informer) });
    }
  }
  return [...found.values()];
}

/** One for each resource, over all informers of it. */
export function cacheBytes(informers: readonly SharedInformer[]): readonly CacheBytes[] {
  const sums = new Map<string, CacheBytes>();
  for (const { scope, memory } of informers) {
    const resource = resourceName(scope.resource);
    const before = sums.get(resource);
    sums.set(resource, {
      resource,
      usedBytes: (before?.usedBytes ?? 0) + memory.usedBytes,
      allocatedBytes: (before?.allocatedBytes ?? 0) + memory.allocatedBytes,
    });
  }
  return [...sums.values()];
}
