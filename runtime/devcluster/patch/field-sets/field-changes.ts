import { isDeepStrictEqual } from "node:util";
import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { builtInDefaults } from "../../schema/defaults/built-in-defaults.ts";
import type { Schema } from "../../schema/schema.ts";
import { type FieldSet, fieldSet, isEmpty, LEAF, NO_FIELDS } from "./field-set.ts";
import { itemsByName } from "./list-items.ts";
import { fieldElement } from "./path-element.ts";
import { isGranular, itemsOf, listForm, memberOf } from "./structure.ts";

/** How two values differ, path by path. */
export interface FieldChanges {
  /** Added, or of another value. */
  readonly changed: FieldSet;
  readonly removed: FieldSet;
}

const NONE: FieldChanges = { changed: NO_FIELDS, removed: NO_FIELDS };
const CHANGED: FieldChanges = { changed: LEAF, removed: NO_FIELDS };

/** @param before `undefined`: not there; so for `after` */
export function fieldChanges(before: unknown, after: unknown, schema: Schema): FieldChanges {
  if (before === after) return NONE;
  if (before === undefined) return { changed: everyField(after, schema), removed: NO_FIELDS };
  if (after === undefined) return { changed: NO_FIELDS, removed: everyField(before, schema) };
  // Two empty ones of a kind are compared as a whole: `null` is another value than `{}`.
  if (!isBare(before) || !isBare(after)) {
    const [left, right] = [before ?? {}, after ?? {}];
    if (isRecord(left) && isRecord(right) && isGranular(schema)) return ofRecords(left, right, schema);
    const [list, other] = [before ?? [], after ?? []];
    if (Array.isArray(list) && Array.isArray(other) && listForm(schema).type !== "atomic")
      return ofLists(list, other, schema);
  }
  if (isDeepStrictEqual(before, after)) return NONE;
  // Of a map or list that became something else, or the other way round, the members went or came.
  return { changed: everyField(after, schema), removed: fieldSet(false, everyField(before, schema).children) };
}

function isBare(value: unknown): boolean {
  return value === null || (typeof value === "object" && Object.keys(value).length === 0);
}

function ofRecords(before: JsonRecord, after: JsonRecord, schema: Schema): FieldChanges {
  const found = new Found();
  for (const name of Object.keys(after)) {
    const form = memberOf(schema, name) ?? {};
    const was = Object.hasOwn(before, name) ? before[name] : unsetMember(schema, name, form);
    found.add(fieldElement(name), fieldChanges(was, after[name], form));
  }
  for (const name of Object.keys(before)) {
    if (Object.hasOwn(after, name)) continue;
    const form = memberOf(schema, name) ?? {};
    found.add(fieldElement(name), fieldChanges(before[name], unsetMember(schema, name, form), form));
  }
  return found.changes();
}

/** Members that Go's structs of built-in kinds cannot leave out: the real server sees them in every object, with their zero value. */
function unsetMember(parent: Schema, name: string, { default: value }: Schema): unknown {
  if (parent.definition === undefined || value === undefined) return undefined;
  const isFilledIn = Object.hasOwn(builtInDefaults[parent.definition] ?? {}, name);
  const isZero = isBare(value) || value === "" || value === 0 || value === false;
  return isZero && !isFilledIn ? value : undefined;
}

function ofLists(before: readonly unknown[], after: readonly unknown[], schema: Schema): FieldChanges {
  const form = listForm(schema);
  const left = itemsByName(before, form, schema);
  const right = itemsByName(after, form, schema);
  const found = new Found();
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    const [was = [], is = []] = [left.get(name), right.get(name)];
    if (was.length <= 1 && is.length <= 1) found.add(name, fieldChanges(was[0], is[0], itemsOf(schema)));
    else if (was.length === 0 || !isDeepStrictEqual(was, is)) {
      found.add(name, is.length === 0 ? { changed: NO_FIELDS, removed: LEAF } : CHANGED);
    }
  }
  return found.changes();
}

/** The value's own path and all below. */
function everyField(value: unknown, schema: Schema): FieldSet {
  const children = new Map<string, FieldSet>();
  if (isRecord(value) && isGranular(schema)) {
    for (const name of Object.keys(value)) {
      children.set(fieldElement(name), everyField(value[name], memberOf(schema, name) ?? {}));
    }
  } else if (Array.isArray(value) && listForm(schema).type !== "atomic") {
    for (const [name, values] of itemsByName(value, listForm(schema), schema)) {
      children.set(name, values.length > 1 ? LEAF : everyField(values[0], itemsOf(schema)));
    }
  }
  return fieldSet(true, children);
}

/** Changes of children, put together. */
class Found {
  readonly #changed = new Map<string, FieldSet>();
  readonly #removed = new Map<string, FieldSet>();

  add(name: string, { changed, removed }: FieldChanges): void {
    if (!isEmpty(changed)) this.#changed.set(name, changed);
    if (!isEmpty(removed)) this.#removed.set(name, removed);
  }

  changes(): FieldChanges {
    if (this.#changed.size === 0 && this.#removed.size === 0) return NONE;
    return { changed: fieldSet(false, this.#changed), removed: fieldSet(false, this.#removed) };
  }
}
