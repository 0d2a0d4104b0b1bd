import { isRecord } from "#kernel/json-value.ts";
import type { Schema } from "../../schema/schema.ts";
import type { FieldSet } from "./field-set.ts";
import { fieldElement, listElement } from "./path-element.ts";
import { isGranular, itemsOf, listForm, memberOf } from "./structure.ts";

/** The value without the set's paths. A map or list that loses everything is `null`. */
export function removeFields(value: unknown, set: FieldSet, schema: Schema): unknown {
  if (isRecord(value) && isGranular(schema)) {
    const kept = Object.entries(value).flatMap<[string, unknown]>(([name, member]) => {
      const below = set.children.get(fieldElement(name));
      if (below === undefined) return [[name, member]];
      return below.owned ? [] : [[name, removeFields(member, below, memberOf(schema, name) ?? {})]];
    });
    return kept.length === 0 ? null : Object.fromEntries(kept);
  }
  if (Array.isArray(value) && listForm(schema).type !== "atomic") {
    const kept = value.flatMap<unknown>((item) => {
      const below = set.children.get(listElement(item, listForm(schema), schema) ?? "");
      if (below === undefined) return [item];
      return below.owned ? [] : [removeFields(item, below, itemsOf(schema))];
    });
    return kept.length === 0 ? null : kept;
  }
  return value;
}
