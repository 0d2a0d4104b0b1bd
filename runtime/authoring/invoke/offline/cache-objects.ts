import { isDeepStrictEqual } from "node:util";
import { type ApiResource } from "#resources/api-resource.ts";
import type { RawObject } from "#resources/raw-object.ts";
import type { PlacedObject } from "../objects/given-objects.ts";
import { isOfKind } from "../objects/object-kind.ts";
import { type Defaults, rawObjectOf } from "../objects/raw-object-of.ts";

export type CacheObjects =
  | { readonly type: "objects"; readonly objects: readonly RawObject[] }
  /** `message` says what to do. */
  | { readonly type: "failed"; readonly message: string };

/** Of objects of all kinds those of one, as its caches hold them. The same object may be given twice, but not in two states. */
export function cacheObjectsOf(
  resource: ApiResource,
  given: readonly PlacedObject[],
  defaults: Omit<Defaults, "resource">,
): CacheObjects {
  const found = new Map<string, { readonly raw: RawObject; readonly placed: PlacedObject }>();
  for (const [at, placed] of given.entries()) {
    if (!isOfKind(placed, resource)) continue;
    const raw = rawObjectOf(placed.object, { ...defaults, resource }, at + 1);
    const before = found.get(raw.key);
    if (!before) found.set(raw.key, { raw, placed });
    else if (!isDeepStrictEqual(before.placed.object, placed.object))
      return { type: "failed", message: twice(raw.key, before.placed, placed) };
  }
  return { type: "objects", objects: Array.from(found.values(), ({ raw }) => raw) };
}

function twice(key: string, a: PlacedObject, b: PlacedObject): string {
  const places = a.place === b.place ? `"${a.place}" holds` : `"${a.place}" and "${b.place}" hold`;
  return `Cannot fill the caches: ${places} ${a.kind} "${key}" in two states. Leave one of them out.`;
}
