import { nameMatcher } from "#dispatch/matching.ts";
import type { ResolvedOptions } from "#handler-api/resolved-options.ts";
import type { RequestFailure } from "#kubernetes/request-failure.ts";
import { resourceName, type ApiResource } from "#resources/api-resource.ts";
import { type Census, countCached, type CountedScope, countNamed, type Lists } from "./census.ts";

export type HandlerCount =
  | {
      readonly type: "counted";
      readonly initialEvents: { readonly count: number; readonly isAtMost: boolean };
      readonly cached: Sum;
    }
  | { readonly type: "failed"; readonly failure: RequestFailure };

interface Sum {
  readonly objects: number;
  readonly bytes: number;
}

/** What handlers would find first, and what their caches would hold. A cache that several share is counted once. */
export interface HandlerCensus {
  of(options: ResolvedOptions, resources: ReadonlyMap<string, ApiResource>, signal: AbortSignal): Promise<HandlerCount>;
  /** Of all caches that were counted. */
  all(): Sum;
}

/** @param namespace for handlers that name none. `undefined`: all */
export function createHandlerCensus(lists: Lists, namespace: string | undefined): HandlerCensus {
  const counts = new Map<string, Census>();
  const cached = async (scope: CountedScope, signal: AbortSignal): Promise<Census | RequestFailure> => {
    const key = keyOf(scope);
    const known = counts.get(key);
    if (known) return known;
    const counted = await countCached(lists, scope, signal);
    if (counted.type === "counted") counts.set(key, counted);
    return counted;
  };
  return {
    async of(options, resources, signal) {
      const [own, ...listers] = scopesOf(options, resources, namespace);
      const found = new Map<string, Census>();
      for (const scope of [...(own ? [own] : []), ...listers]) {
        const counted = await cached(scope, signal);
        if (counted.type !== "counted") return { type: "failed", failure: counted };
        found.set(keyOf(scope), counted);
      }
      const all = own ? (found.get(keyOf(own))?.objects ?? 0) : 0;
      const count = own ? await initialEvents(lists, options, own, all, signal) : 0;
      if (typeof count !== "number") return { type: "failed", failure: count };
      return {
        type: "counted",
        initialEvents: { count, isAtMost: options.when && count > 0 },
        cached: sum(found.values()),
      };
    },
    all: () => sum(counts.values()),
  };
}

/** One for each informer, the handler's own first (assembly: `InformerShares`). */
function scopesOf(
  { resource, listers, namespaces, labelSelector, fieldSelector, pushDown }: ResolvedOptions,
  resources: ReadonlyMap<string, ApiResource>,
  namespace: string | undefined,
): CountedScope[] {
  const watched = namespaces ?? (namespace === undefined ? undefined : [namespace]);
  const scope = (name: string, selectors: Pick<CountedScope, "labelSelector" | "fieldSelector">): CountedScope[] => {
    const found = resources.get(name);
    return found ? [{ resource: found, namespaces: found.namespaced ? watched : undefined, ...selectors }] : [];
  };
  return [
    ...scope(resource, { labelSelector: pushDown ? labelSelector : "", fieldSelector }),
    ...Object.values(listers).flatMap((lister) => scope(lister.resource, { labelSelector: "", fieldSelector: "" })),
  ];
}

/** What exists at the first start is told as added. @param all objects in the handler's cache */
async function initialEvents(
  lists: Lists,
  { events, initial, labelSelector, names }: ResolvedOptions,
  own: CountedScope,
  all: number,
  signal: AbortSignal,
): Promise<number | RequestFailure> {
  if (initial === "skip" || !events.includes("added")) return 0;
  if (names.length === 0 && labelSelector === own.labelSelector) return all;
  return countNamed(lists, { ...own, labelSelector }, nameMatcher(names), signal);
}

function keyOf({ resource, namespaces, labelSelector, fieldSelector }: CountedScope): string {
  return JSON.stringify([resourceName(resource), resource.version, namespaces, labelSelector, fieldSelector]);
}

function sum(counts: Iterable<Census>): Sum {
  let objects = 0;
  let bytes = 0;
  for (const count of counts) {
    objects += count.objects;
    bytes += count.bytes;
  }
  return { objects, bytes };
}
