import { resourceName, type ApiResource } from "#resources/api-resource.ts";
import type { ListWatchClient } from "#kubernetes/list-watch.ts";

/** What one informer holds: a resource, where, and the selectors that the API server applies. */
export interface InformerScope {
  readonly resource: ApiResource;
  /** Empty: all of them. Always empty for cluster-scoped resources. */
  readonly namespaces: readonly string[];
  /** Kubectl's syntax; `""` selects everything. */
  readonly labelSelector: string;
  /** `""` selects everything. */
  readonly fieldSelector: string;
}

/** What one reflector lists and watches: `namespace` is `""` for all of them. */
export type ListWatchScope = Omit<InformerScope, "namespaces"> & { readonly namespace: string };

/** Opens the wire for a scope. List and watch use the same namespace and selectors. */
export type ListWatchSource = (scope: ListWatchScope) => ListWatchClient;

/** Equal for equal scopes, whatever the order of the namespaces. */
export function scopeKey({ resource, namespaces, labelSelector, fieldSelector }: InformerScope): string {
  const where = [...new Set(namespaces)].sort();
  return JSON.stringify([resourceName(resource), resource.version, where, labelSelector, fieldSelector]);
}

/** One list-watch for each namespace, or a single one for all. */
export function listWatchScopes({ namespaces, ...rest }: InformerScope): ListWatchScope[] {
  const where = namespaces.length === 0 ? [""] : [...new Set(namespaces)].sort();
  return where.map((namespace) => ({ ...rest, namespace }));
}

/** For people: `pods`, `pods in a, b`, `pods in a [app=web]`. */
export function scopeName({ resource, namespaces, labelSelector, fieldSelector }: InformerScope): string {
  const where = namespaces.length === 0 ? "" : ` in ${[...new Set(namespaces)].sort().join(", ")}`;
  const which = [labelSelector, fieldSelector].filter((selector) => selector !== "").join("; ");
  return `${resourceName(resource)}${where}${which === "" ? "" : ` [${which}]`}`;
}
