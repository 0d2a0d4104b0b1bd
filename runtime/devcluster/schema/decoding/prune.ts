import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { acceptsAnyMember, memberSchema } from "../member-schema.ts";
import { goText } from "../go-text.ts";
import { storedForm } from "./stored-form.ts";
import type { Schema } from "../schema.ts";

/**
 * A custom resource's value without the members that the schema does not know, with metadata as the server stores it.
 * What is so already is the same value.
 */
export function prune(schema: Schema, value: unknown): unknown {
  if (Array.isArray(value)) return pruneElements(schema, value);
  if (!isRecord(value)) return value;
  return schema.definition === undefined ? pruneMembers(schema, value) : sameOr(storedForm(schema, value), value);
}

function pruneElements({ items }: Schema, list: readonly unknown[]): readonly unknown[] {
  if (!items) return list;
  const next = list.map((element) => prune(items, element));
  return next.every((element, index) => element === list[index]) ? list : next;
}

function pruneMembers(schema: Schema, value: JsonRecord): JsonRecord {
  const all = Object.entries(value);
  const kept = all.flatMap(([name, member]): [string, unknown][] => {
    const known = memberSchema(schema, name);
    if (known) return [[name, prune(known, member)]];
    return acceptsAnyMember(schema) ? [[name, member]] : [];
  });
  const isSame = kept.length === all.length && kept.every(([name, member]) => member === value[name]);
  return isSame ? value : Object.fromEntries(kept);
}

function sameOr(next: JsonRecord, value: JsonRecord): JsonRecord {
  return goText(next) === goText(value) ? value : next;
}
