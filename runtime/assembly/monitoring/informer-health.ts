import { listWatchScopes } from "#informer/informer-scope.ts";
import type { SharedInformer } from "#informer/shared-informer.ts";
import type { InformerHealth } from "#observability/health/health-sources.ts";
import { resourceName } from "#resources/api-resource.ts";

/** One for each resource and namespace, however many informers there are of it: synced if all of them are. */
export function informerHealth(informers: readonly SharedInformer[]): readonly InformerHealth[] {
  const found = new Map<string, InformerHealth>();
  for (const { scope, state, hasSynced } of informers) {
    const resource = resourceName(scope.resource);
    const follows = hasSynced && (state.type === "synced" || state.type === "watching");
    for (const { namespace } of listWatchScopes(scope)) {
      const key = `${resource}/${namespace}`;
      found.set(key, { resource, namespace, synced: follows && (found.get(key)?.synced ?? true) });
    }
  }
  return [...found.values()];
}
