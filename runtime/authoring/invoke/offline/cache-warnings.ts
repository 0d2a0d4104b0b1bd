/** What was given for caches in vain. */
import { resourceName } from "#resources/api-resource.ts";
import type { PlacedObject } from "../objects/given-objects.ts";
import { isOfKind } from "../objects/object-kind.ts";
import type { OfflineCache, OfflineScope } from "./offline-cache.ts";

/** A cache as the handler calls it: `lister`, `listers.pods`. */
export type NamedCache = readonly [path: string, cache: OfflineCache];

/** A sentence each. */
export function cacheWarnings(
  handler: string,
  caches: readonly NamedCache[],
  given: readonly PlacedObject[],
): readonly string[] {
  const unread = given.filter((object) => !caches.some(([, cache]) => isOfKind(object, cache.resource)));
  return [
    ...(unread.length === 0 ? [] : [notRead(handler, unread, caches)]),
    ...caches.flatMap((cache) => leftOut(handler, cache, given)),
  ];
}

const SHOWN_KINDS = 5;

function notRead(handler: string, objects: readonly PlacedObject[], caches: readonly NamedCache[]): string {
  const kinds = Map.groupBy(objects, ({ apiVersion, kind }) => `${kind} of ${apiVersion}`);
  const shown = Array.from(kinds, ([kind, alike]) => `${kind} (${counted(alike)})`).slice(0, SHOWN_KINDS);
  const more = kinds.size - shown.length;
  const unread = inProse([...shown, ...(more === 0 ? [] : [`${more} kinds more`])]);
  const read = inProse(caches.map(([path, { resource }]) => `${resourceName(resource)} (${path})`));
  return `Handler "${handler}" has no lister of ${unread}: it reads ${read}. Name a kind in its option "listers", or leave it out of --cache.`;
}

/** Of an empty cache for which there were objects. */
function leftOut(
  handler: string,
  [path, { reader, resource, scope }]: NamedCache,
  given: readonly PlacedObject[],
): string[] {
  const objects = given.filter((object) => isOfKind(object, resource));
  if (objects.length === 0 || reader.size > 0) return [];
  return [
    `Nothing is in ${path} of handler "${handler}" of the ${resourceName(resource)} that are given (${counted(objects)}): it holds what ${inProse(conditions(scope))}.`,
  ];
}

function conditions({ namespaces, labelSelector, fieldSelector }: OfflineScope): string[] {
  return [
    ...(namespaces ? [`is in ${namespaces.length === 1 ? "namespace" : "namespaces"} ${namespaces.join(", ")}`] : []),
    ...(labelSelector === "" ? [] : [`has the labels "${labelSelector}"`]),
    ...(fieldSelector === "" ? [] : [`has the fields "${fieldSelector}"`]),
  ];
}

const SHOWN_PLACES = 3;

/** `2 in "a.yaml"`, `3 in "a.yaml", "b.yaml" and 4 files more` */
function counted(objects: readonly PlacedObject[]): string {
  const places = [...new Set(objects.map(({ place }) => `"${place}"`))];
  const more = places.length > SHOWN_PLACES ? ` and ${places.length - SHOWN_PLACES} files more` : "";
  return `${objects.length} in ${places.slice(0, SHOWN_PLACES).join(", ")}${more}`;
}

function inProse(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
