import type { Schema } from "../../schema/schema.ts";
import { listElement } from "./path-element.ts";
import type { ListForm } from "./structure.ts";

export interface ListItem {
  readonly name: string;
  readonly value: unknown;
}

/** The elements of a list with their names. Those without a name are left out. */
export function namedItems(list: readonly unknown[], form: ListForm, schema: Schema): readonly ListItem[] {
  const items: ListItem[] = [];
  for (const value of list) {
    const name = listElement(value, form, schema);
    if (name !== undefined) items.push({ name, value });
  }
  return items;
}

/** By name; more than one value where a list holds duplicates. */
export function itemsByName(
  list: readonly unknown[],
  form: ListForm,
  schema: Schema,
): ReadonlyMap<string, readonly unknown[]> {
  const byName = new Map<string, unknown[]>();
  for (const { name, value } of namedItems(list, form, schema)) {
    const values = byName.get(name);
    if (values) values.push(value);
    else byName.set(name, [value]);
  }
  return byName;
}
