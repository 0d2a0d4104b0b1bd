import { fieldOf, isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { StatusError } from "../api-status.ts";
import type { Schema } from "../schema/schema.ts";
import { checkOrder, inPatchOrder } from "./element-order.ts";
import { goString, goPlain, goType } from "./go-verbs.ts";
import {
  elementsWithoutDirectives,
  failed,
  isDirected,
  listStrategy,
  PATCH,
  withoutMergeKey,
} from "./patch-directives.ts";

export type MergeRecords = (current: JsonRecord, patch: JsonRecord, schema: Schema) => JsonRecord;

/** Merges the elements of a list: records by their merge key, plain values as a set. The patch's order wins. */
export function mergeList(
  current: readonly unknown[],
  patch: readonly unknown[],
  schema: Schema,
  merge: MergeRecords,
): readonly unknown[] {
  if (current.length === 0 && patch.length === 0) return current;
  if (!holdsRecords(current, patch)) {
    return inPatchOrder([...new Set([...current, ...patch])], patch, current, undefined);
  }
  const { key } = listStrategy(schema);
  if (key === undefined) throw failed("cannot merge lists without merge key");
  const [left, rest] = obeyDirectives(current.filter(isRecord), patch.filter(isRecord), key);
  return inPatchOrder(mergeRecords(left, rest, key, schema.items ?? {}, merge), rest, left, key);
}

/** The patched list in the order that `$setElementOrder` gives; `undefined` where there is no list. */
export function orderList(
  current: readonly unknown[] | undefined,
  patch: readonly unknown[] | undefined,
  order: readonly unknown[],
  schema: Schema,
  merge: MergeRecords,
): readonly unknown[] | undefined {
  const { merges, key } = listStrategy(schema);
  if (patch !== undefined) checkOrder(patch, order, key);
  if (current === undefined && patch === undefined) return undefined;
  if ([...(current ?? []), ...(patch ?? [])].length === 0) throw failed("no elements in any of the given slices");
  if (current === undefined) return patch && inPatchOrder(elementsWithoutDirectives(patch), order, [], key);
  if (patch === undefined) return inPatchOrder(current, order, current, key);
  if (!merges) return inPatchOrder(patch, order, current, key);
  return inPatchOrder(mergeList(current, patch, schema, merge), order, orderInPlace(current, patch, key), key);
}

/** The real server merges in place: what it appends takes the places, in the current order, of what it deleted. */
function orderInPlace(
  current: readonly unknown[],
  patch: readonly unknown[],
  key: string | undefined,
): readonly unknown[] {
  if (key === undefined) return current;
  const directed = patch.filter(isDirected);
  if (directed.length === 0 || directed.some((element) => fieldOf(element, PATCH) !== "delete")) return current;
  const gone = new Set(directed.map((element) => fieldOf(element, key)));
  const left = current.filter((element) => !gone.has(fieldOf(element, key)));
  const known = new Set(left.map((element) => fieldOf(element, key)));
  const appended = patch.filter((element) => !directed.includes(element) && !known.has(fieldOf(element, key)));
  return [...left, ...appended].slice(0, current.length);
}

/** `$deleteFromPrimitiveList`. */
export function removeElements(current: readonly unknown[], gone: readonly unknown[]): readonly unknown[] {
  if (current.length > 0 || gone.length > 0) holdsRecords(current, gone);
  return current.filter((element) => !gone.includes(element));
}

/** All elements of both lists have one type. */
function holdsRecords(current: readonly unknown[], patch: readonly unknown[]): boolean {
  const types = new Set([...current, ...patch].map(goType));
  if (types.size > 1) throw failed(`list element types are not identical: ${goPlain([current, patch])}`);
  if (types.has("slice")) throw new StatusError(422, "Invalid", "lists of lists are not supported");
  return types.has("map");
}

/** What stays of both lists once `$patch: delete` and `$patch: replace` are done. */
function obeyDirectives(
  current: readonly JsonRecord[],
  patch: readonly JsonRecord[],
  key: string,
): [current: readonly JsonRecord[], patch: readonly JsonRecord[]] {
  let left = current;
  let replaces = false;
  for (const element of patch) {
    if (!isDirected(element)) continue;
    const directive = element[PATCH];
    if (directive === "replace") replaces = true;
    else if (directive === "merge") throw failed("merging lists cannot yet be specified in the patch");
    else if (directive !== "delete") {
      throw failed(`unknown patch type: ${goString(directive)} in map: ${goPlain(element)}`);
    } else if (Object.hasOwn(element, key)) left = left.filter((other) => other[key] !== element[key]);
    else throw withoutMergeKey(element, key);
  }
  return [replaces ? [] : left, patch.filter((element) => !isDirected(element))];
}

function mergeRecords(
  current: readonly JsonRecord[],
  patch: readonly JsonRecord[],
  key: string,
  schema: Schema,
  merge: MergeRecords,
): readonly JsonRecord[] {
  const merged = [...current];
  for (const element of patch) {
    if (!Object.hasOwn(element, key)) throw withoutMergeKey(element, key);
    const at = merged.findIndex((other) => other[key] === element[key]);
    const found = merged[at];
    if (found === undefined) merged.push(element);
    else merged[at] = merge(found, element, schema);
  }
  return merged;
}
