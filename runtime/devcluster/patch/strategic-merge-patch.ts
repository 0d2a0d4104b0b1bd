import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import type { Schema } from "../schema/schema.ts";
import { goString, goPlain, goTypeOrNil } from "./go-verbs.ts";
import { mergeList, orderList, removeElements } from "./list-patch.ts";
import {
  badFormat,
  DELETED_ELEMENTS,
  directedMember,
  ELEMENT_ORDER,
  failed,
  listStrategy,
  PATCH,
  RETAIN_KEYS,
  withoutDirectives,
} from "./patch-directives.ts";

/** Kubernetes' own kind of patch: a merge patch whose lists are merged, too, where the schema says by which key. */
export function strategicMergePatch(current: JsonRecord, patch: JsonRecord, schema: Schema): JsonRecord {
  if (Object.hasOwn(patch, PATCH)) return replacement(patch);
  const members = new Map(Object.entries(current));
  retainKeys(members, patch);
  const orders = Object.keys(patch).filter((key) => key.startsWith(ELEMENT_ORDER));
  const ordered = orders.map((key) => orderMember(members, patch, key, schema));
  for (const [key, value] of Object.entries(patch)) {
    if (key === RETAIN_KEYS || key.startsWith(ELEMENT_ORDER) || ordered.includes(key)) continue;
    if (key.startsWith(DELETED_ELEMENTS)) removeFromMember(members, directedMember(key, DELETED_ELEMENTS), value);
    else patchMember(members, key, value, memberSchema(schema, key));
  }
  return Object.fromEntries(members);
}

/** `$patch: replace` takes the patch as it is, `$patch: delete` nothing. */
function replacement(patch: JsonRecord): JsonRecord {
  const { [PATCH]: directive, ...rest } = patch;
  if (directive === "replace") return rest;
  if (directive === "delete") return {};
  throw failed(`unknown patch type: ${goString(directive)} in map: ${goPlain(patch)}`);
}

function retainKeys(members: Map<string, unknown>, patch: JsonRecord): void {
  if (!Object.hasOwn(patch, RETAIN_KEYS)) return;
  const retained = patch[RETAIN_KEYS];
  if (!Array.isArray(retained)) throw badFormat("retainKeys");
  const keys = new Set<unknown>(retained);
  for (const [key, value] of Object.entries(patch)) {
    const isDirective = key === RETAIN_KEYS || key.startsWith(DELETED_ELEMENTS) || key.startsWith(ELEMENT_ORDER);
    if (!isDirective && value !== null && !keys.has(key)) throw badFormat("retainKeys");
  }
  for (const key of members.keys()) if (!keys.has(key)) members.delete(key);
}

/** Patches and sorts the list that the directive is about. Returns its name. */
function orderMember(members: Map<string, unknown>, patch: JsonRecord, directive: string, schema: Schema): string {
  const order = list(patch[directive]);
  const key = directedMember(directive, ELEMENT_ORDER);
  const current = members.has(key) ? list(members.get(key)) : undefined;
  const patched = Object.hasOwn(patch, key) ? list(patch[key]) : undefined;
  const form = memberSchema(schema, key);
  if (form === undefined) throw failed(`unable to find api field for the json field "${key}"`);
  if (form.type !== "array") throw failed("expected slice or array type, but got: struct");
  const ordered = orderList(current, patched, order, form, strategicMergePatch);
  if (ordered !== undefined) members.set(key, ordered);
  return key;
}

function removeFromMember(members: Map<string, unknown>, key: string, value: unknown): void {
  const current = members.get(key);
  if (value === null) members.delete(key);
  else if (Array.isArray(current) && Array.isArray(value)) members.set(key, removeElements(current, value));
}

function patchMember(members: Map<string, unknown>, key: string, value: unknown, schema: Schema | undefined): void {
  const current = members.get(key);
  if (value === null) members.delete(key);
  else if (isRecord(current) && isRecord(value)) members.set(key, strategicMergePatch(current, value, schema ?? {}));
  else if (Array.isArray(current) && Array.isArray(value)) {
    const merges = listStrategy(schema).merges;
    members.set(key, merges ? mergeList(current, value, schema ?? {}, strategicMergePatch) : value);
  } else {
    const added = withoutDirectives(value);
    if (added !== undefined) members.set(key, added);
  }
}

function memberSchema(schema: Schema, key: string): Schema | undefined {
  const named = schema.properties;
  if (named !== undefined && Object.hasOwn(named, key)) return named[key];
  return typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined;
}

function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw failed(`expected a []interface {}, but received a ${goTypeOrNil(value)}`);
}
