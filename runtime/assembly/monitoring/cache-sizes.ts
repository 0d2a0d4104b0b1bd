import { listWatchScopes } from "#informer/informer-scope.ts";
import type { SharedInformer } from "#informer/shared-informer.ts";
import { NAMESPACE_INDEX } from "#informer/store/indexer.ts";
import type { CacheBytes, CacheSize } from "#observability/metrics/metric-sources.ts";
import { resourceName } from "#resources/api-resource.ts";
import { informerHealth } from "./informer-health.ts";

/** One for each resource and namespace, over all informers of it. */
export function cacheSizes(informers: readonly SharedInformer[]): readonly CacheSize[] {
  const counts = new Map<string, number>();
  for (const { scope, cache } of informers) {
    const scopes = listWatchScopes(scope);
    for (const { namespace } of scopes) {
      const objects = scopes.length > 1 ? cache.byIndex(NAMESPACE_INDEX, namespace).length : cache.size;
      const key = `${resourceName(scope.resource)}/${namespace}`;
      counts.set(key, (counts.get(key) ?? 0) + objects);
    }
  }
  return informerHealth(informers).map((one) => ({
    ...one,
    objects: counts.get(`${one.resource}/${one.namespace}`) ?? 0,
  }));
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
