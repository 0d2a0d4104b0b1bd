import type { ResourceCache } from "#broker/ports.ts";
import type { Delivery } from "#dispatch/ports.ts";
import type { ResolvedLister } from "#handler-api/resolved-options.ts";
import type { ResourceCatalog } from "#kubernetes/resource-catalog.ts";
import type { Revision } from "#loader/revision.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { cacheObjectsOf } from "./cache-objects.ts";
import { cacheWarnings, type NamedCache } from "./cache-warnings.ts";
import type { PlacedObject } from "../objects/given-objects.ts";
import { OfflineCache, type OfflineScope } from "./offline-cache.ts";
import type { Defaults } from "../objects/raw-object-of.ts";
import { unresolvedName } from "../unresolved-name.ts";

export interface FilledCaches {
  readonly type: "filled";
  readonly cache: ResourceCache;
  /** By the names in `options.listers`. */
  readonly listers: Readonly<Record<string, ResourceCache>>;
  /** A sentence each. */
  readonly warnings: readonly string[];
  /** What is about to be told, the caches show first. */
  readonly show: (delivery: Delivery) => void;
}

type Failed = {
  readonly type: "failed";
  /** Says what to do. */
  readonly message: string;
};

export interface FillRequest {
  readonly revision: Pick<Revision, "handler" | "options">;
  /** The handler's own. */
  readonly resource: ApiResource;
  readonly catalog: ResourceCatalog;
  readonly given: readonly PlacedObject[];
  readonly defaults: Omit<Defaults, "resource">;
  /** Of the handler. `undefined`: all. */
  readonly namespaces: readonly string[] | undefined;
}

/** Puts into each cache of a handler what an informer would of the objects that are given. */
export async function fillCaches(request: FillRequest, signal: AbortSignal): Promise<FilledCaches | Failed> {
  const { given, revision } = request;
  const { handler, options } = revision;
  const own = filled(request, ownScope(request));
  if (own.type === "failed") return own;
  const listers: (readonly [name: string, cache: OfflineCache])[] = [];
  for (const [name, lister] of Object.entries(options.listers)) {
    const scope = await listerScope(request, lister, signal);
    if (scope.type === "failed") return scope;
    const one = filled(request, scope);
    if (one.type === "failed") return one;
    listers.push([name, one.cache]);
  }
  const caches: NamedCache[] = [
    ["lister", own.cache],
    ...listers.map(([name, cache]) => [`listers.${name}`, cache] as const),
  ];
  return {
    type: "filled",
    cache: own.cache,
    listers: Object.fromEntries(listers),
    warnings: cacheWarnings(handler, caches, given),
    show: (delivery) => caches.forEach(([, cache]) => cache.show(delivery)),
  };
}

function filled(
  { given, defaults }: FillRequest,
  scope: OfflineScope,
): { readonly type: "cache"; readonly cache: OfflineCache } | Failed {
  const found = cacheObjectsOf(scope.resource, given, defaults);
  return found.type === "failed" ? found : { type: "cache", cache: new OfflineCache(scope, found.objects) };
}

/** Without `pushDown` a handler's `labelSelector` chooses events, not what its lister sees. */
function ownScope({ revision: { options }, resource, namespaces }: FillRequest): OfflineScope {
  return {
    resource,
    namespaces: resource.namespaced ? namespaces : undefined,
    labelSelector: options.pushDown ? options.labelSelector : "",
    fieldSelector: options.fieldSelector,
    indexes: Object.values(options.indexes),
  };
}

async function listerScope(
  { revision: { handler }, catalog, namespaces }: FillRequest,
  { resource: name, labelSelector }: ResolvedLister,
  signal: AbortSignal,
): Promise<({ readonly type: "scope" } & OfflineScope) | Failed> {
  const resolution = await catalog.resolve(name, signal);
  if (resolution.type !== "found")
    return { type: "failed", message: unresolvedName(resolution, { handler, name, server: undefined }) };
  const { resource } = resolution;
  return {
    type: "scope",
    resource,
    namespaces: resource.namespaced ? namespaces : undefined,
    labelSelector,
    fieldSelector: "",
    indexes: [],
  };
}
