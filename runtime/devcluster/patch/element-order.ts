import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { goPlain, goTypeOrNil } from "./go-verbs.ts";
import { failed, isDirected, PATCH, withoutMergeKey } from "./patch-directives.ts";

/**
 * Elements that the patch names come in its order; the others keep the order they had, each before the first named
 * one that it preceded, as far as that is possible.
 */
export function inPatchOrder(
  elements: readonly unknown[],
  patchOrder: readonly unknown[],
  currentOrder: readonly unknown[],
  key: string | undefined,
): readonly unknown[] {
  const named = placesOf(patchOrder, key);
  const placed = placesOf(currentOrder, key);
  const place = (places: ReadonlyMap<unknown, number>, element: unknown): number | undefined =>
    places.get(identity(element, key));
  const sorted = (some: readonly unknown[], places: ReadonlyMap<unknown, number>): unknown[] =>
    some.toSorted((a, b) => (place(places, a) ?? 0) - (place(places, b) ?? 0));
  const patch = sorted(
    elements.filter((element) => place(named, element) !== undefined),
    named,
  );
  const rest = sorted(
    elements.filter((element) => place(named, element) === undefined),
    placed,
  );

  let next = 0;
  const result: unknown[] = [];
  for (const element of patch) {
    const at = place(placed, element) ?? 0;
    for (; next < rest.length && (place(placed, rest[next]) ?? Infinity) < at; next++) result.push(rest[next]);
    result.push(element);
  }
  return [...result, ...rest.slice(next)];
}

/** What is patched stands in the order list, and in the same order. */
export function checkOrder(patched: readonly unknown[], order: readonly unknown[], key: string | undefined): void {
  if (patched.length === 0 || order.length === 0) return;
  const stay = key === undefined ? patched : patched.filter((element) => recordOf(element)[PATCH] !== "delete");
  let at = 0;
  for (const element of order) {
    while (isDirected(stay[at])) at += 1;
    if (at < stay.length && identity(stay[at], key) === identity(element, key)) at += 1;
  }
  if (at === stay.length) return;
  throw failed(
    `The order in patch list:\n${goPlain(patched)}\n doesn't match $setElementOrder list:\n${goPlain(order)}\n`,
  );
}

/** Where each element is first. */
function placesOf(order: readonly unknown[], key: string | undefined): ReadonlyMap<unknown, number> {
  const places = new Map<unknown, number>();
  for (const [at, element] of order.entries()) {
    const id = identity(element, key);
    if (!places.has(id)) places.set(id, at);
  }
  return places;
}

function identity(element: unknown, key: string | undefined): unknown {
  if (key === undefined) return element;
  if (!isRecord(element)) throw failed("value for key 0 is not a map");
  if (!Object.hasOwn(element, key)) throw withoutMergeKey(element, key);
  return element[key];
}

function recordOf(element: unknown): JsonRecord {
  if (isRecord(element)) return element;
  throw failed(`expected a map[string]interface {}, but received a ${goTypeOrNil(element)}`);
}
