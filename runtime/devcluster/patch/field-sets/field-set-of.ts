import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import type { Schema } from "../../schema/schema.ts";
import { type FieldSet, fieldSet, LEAF, NO_FIELDS, union } from "./field-set.ts";
import { itemsByName } from "./list-items.ts";
import { fieldElement } from "./path-element.ts";
import { isDeclared, isGranular, itemsOf, listForm, memberOf } from "./structure.ts";

/**
 * The fields that somebody owns who applies this value: its leaves, and beside them the members that maps without
 * declared names have, and the elements of lists.
 */
export function fieldSetOf(value: unknown, schema: Schema): FieldSet {
  if (Array.isArray(value)) return ofList(value, schema);
  if (isRecord(value)) return ofRecord(value, schema);
  return value === null ? NO_FIELDS : LEAF;
}

/** With every declared member on the way to one of the set's paths. */
export function withDeclaredParents(set: FieldSet, schema: Schema): FieldSet {
  const children = new Map<string, FieldSet>();
  for (const [name, child] of set.children) {
    const member = name.startsWith("f:") ? name.slice(2) : undefined;
    const below = withDeclaredParents(child, (member === undefined ? schema.items : memberOf(schema, member)) ?? {});
    children.set(name, member !== undefined && isDeclared(schema, member) ? fieldSet(true, below.children) : below);
  }
  return fieldSet(set.owned, children);
}

function ofRecord(record: JsonRecord, schema: Schema): FieldSet {
  if (!isGranular(schema)) return LEAF;
  const children = new Map<string, FieldSet>();
  for (const [name, value] of Object.entries(record)) {
    const below = fieldSetOf(value, memberOf(schema, name) ?? {});
    const isBare = value === null || (isRecord(value) && Object.keys(value).length === 0);
    const owned = below.owned || isBare || !isDeclared(schema, name);
    if (owned || below.children.size > 0) children.set(fieldElement(name), fieldSet(owned, below.children));
  }
  return fieldSet(false, children);
}

function ofList(list: readonly unknown[], schema: Schema): FieldSet {
  const form = listForm(schema);
  if (form.type === "atomic") return LEAF;
  const children = new Map<string, FieldSet>();
  for (const [name, values] of itemsByName(list, form, schema)) {
    children.set(name, values.length > 1 ? LEAF : union(LEAF, fieldSetOf(values[0], itemsOf(schema))));
  }
  return fieldSet(false, children);
}
