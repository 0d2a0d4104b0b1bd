import type { ResolvedOptions } from "#handler-api/resolved-options.ts";
import { resourceName } from "#resources/api-resource.ts";
import type { HandlerCaches } from "./ports.ts";
import type { RecentDeletes } from "./recent-deletes.ts";

/** How caches stand to those that serve. */
export type Standing =
  | "level"
  /** They have still to hear of something that the serving ones show: a swap would go back in time and tell it twice. */
  | "behind"
  /** They lack an object: they have not heard of it yet, or the serving ones have not heard of its end. */
  | "unclear";

interface Opened {
  readonly caches: HandlerCaches;
  readonly options: Pick<ResolvedOptions, "fieldSelector" | "pushDown">;
}

/** Each hears of a change by a watch of its own, at different moments. */
export function standingOf(
  { caches: next, options }: Opened,
  { caches: serving, options: servingOptions }: Opened,
  deletes: RecentDeletes,
): Standing {
  if (next.view === serving.view || resourceName(next.resource) !== resourceName(serving.resource)) return "level";
  for (const [key, deletedAt] of deletes.entries()) {
    const found = next.view.get(key);
    if (found && !isOlder(deletedAt, found.resourceVersion)) return "behind";
  }
  let standing: Standing = "level";
  // Which fields an object has only the API server knows.
  const mayHide = options.fieldSelector !== "" && options.fieldSelector !== servingOptions.fieldSelector;
  for (const { key, namespace, labels, resourceVersion } of serving.view.values()) {
    if (next.namespaces && !next.namespaces.includes(namespace)) continue;
    const found = next.view.get(key);
    if (found && isOlder(found.resourceVersion, resourceVersion)) return "behind";
    const isHidden = mayHide || (options.pushDown && !next.selector.matches(labels));
    if (!found && !isHidden) standing = "unclear";
  }
  return standing;
}

/** Versions of one resource are decimal numbers of any length (KEP-5504). */
function isOlder(left: string, right: string): boolean {
  return left.length === right.length ? left < right : left.length < right.length;
}
