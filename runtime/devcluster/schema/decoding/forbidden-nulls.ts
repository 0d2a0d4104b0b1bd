import { isRecord } from "#kernel/json-value.ts";
import { memberSchema } from "../member-schema.ts";
import type { Schema } from "../schema.ts";

/**
 * A custom resource's value without the members that are null and may not be: the server drops them after it has set
 * defaults. Elements of lists stay and are refused. What has none is the same value.
 * (apiextensions: `PruneNonNullableNullsWithoutDefaults`)
 */
export function withoutForbiddenNulls(schema: Schema, value: unknown): unknown {
  const { items } = schema;
  if (Array.isArray(value)) {
    if (!items) return value;
    const next = value.map((element) => withoutForbiddenNulls(items, element));
    return next.every((element, index) => element === value[index]) ? value : next;
  }
  if (!isRecord(value)) return value;
  const all = Object.entries(value);
  const kept = all.flatMap(([name, member]): [string, unknown][] => {
    const known = memberSchema(schema, name);
    if (!known) return [[name, member]];
    return member === null && known.nullable !== true ? [] : [[name, withoutForbiddenNulls(known, member)]];
  });
  const isSame = kept.length === all.length && kept.every(([name, member]) => member === value[name]);
  return isSame ? value : Object.fromEntries(kept);
}
