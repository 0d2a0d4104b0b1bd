import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { StatusError } from "../api-status.ts";
import type { Schema } from "../schema/schema.ts";
import { goPlain } from "./go-verbs.ts";

/** What a strategic merge patch says beside values. */
export const PATCH = "$patch";
export const RETAIN_KEYS = "$retainKeys";
export const ELEMENT_ORDER = "$setElementOrder";
export const DELETED_ELEMENTS = "$deleteFromPrimitiveList";

/** The member that a directive is about: `containers` for `$setElementOrder/containers`. */
export function directedMember(key: string, directive: string): string {
  if (key === directive) throw badFormat(directive === ELEMENT_ORDER ? "setElementOrder list" : "primitive list");
  return key.slice(directive.length + 1);
}

/** The schema's way to patch a list: elements are merged, found by `key` unless they are plain values. */
export interface ListStrategy {
  readonly merges: boolean;
  readonly key: string | undefined;
}

export function listStrategy(schema: Schema | undefined): ListStrategy {
  return {
    merges: schema?.["x-kubernetes-patch-strategy"]?.split(",").includes("merge") ?? false,
    key: schema?.["x-kubernetes-patch-merge-key"],
  };
}

/**
 * What a patch adds where nothing was: without nulls, and without anything that carries a `$patch`.
 * Other directives stay in it, and are unknown fields of the object then.
 */
export function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) return elementsWithoutDirectives(value);
  if (!isRecord(value)) return value;
  if (isDirected(value)) return undefined;
  const members = Object.entries(value).filter(([, member]) => member !== null && !isDirected(member));
  return Object.fromEntries(members.map(([key, member]) => [key, withoutDirectives(member)]));
}

export function elementsWithoutDirectives(list: readonly unknown[]): readonly unknown[] {
  return list.filter((element) => !isDirected(element)).map(withoutDirectives);
}

/** Says what to do instead of being a value. */
export function isDirected(value: unknown): boolean {
  return isRecord(value) && Object.hasOwn(value, PATCH);
}

/** Bad requests that the real server answers as its own failures, without a reason. */
export function failed(message: string): StatusError {
  return new StatusError(500, "", message);
}

export function badFormat(what: string): StatusError {
  return new StatusError(400, "BadRequest", `invalid patch format of ${what}`);
}

export function withoutMergeKey(element: JsonRecord, key: string): StatusError {
  return failed(`map: ${goPlain(element)} does not contain declared merge key: ${key}`);
}
