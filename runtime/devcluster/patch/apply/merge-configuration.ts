import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import type { Schema } from "../../schema/schema.ts";
import { type ListItem, namedItems } from "../field-sets/list-items.ts";
import { isGranular, itemsOf, listForm, memberOf } from "../field-sets/structure.ts";

/** What the live value becomes with everything that the configuration says. Nothing is taken away. */
export function mergeConfiguration(live: unknown, configuration: unknown, schema: Schema): unknown {
  if (configuration === undefined) return live;
  if (live === undefined) return configuration;
  // An empty map or list says nothing about the members of a live one that has some.
  if (isRecord(live) && isGranular(schema)) {
    const applied = configuration ?? {};
    if (isRecord(applied)) return Object.keys(live).length === 0 ? configuration : mergeRecords(live, applied, schema);
  }
  if (Array.isArray(live) && listForm(schema).type !== "atomic") {
    const applied = configuration ?? [];
    if (Array.isArray(applied)) return live.length === 0 ? configuration : mergeLists(live, applied, schema);
  }
  return configuration;
}

function mergeRecords(live: JsonRecord, configuration: JsonRecord, schema: Schema): JsonRecord {
  const members = new Map(Object.entries(live));
  for (const [name, value] of Object.entries(configuration)) {
    members.set(name, mergeConfiguration(members.get(name), value, memberOf(schema, name) ?? {}));
  }
  return Object.fromEntries(members);
}

/**
 * The configuration's elements keep its order. An element that only the live list has stays in front of those that
 * it preceded, as far as the configuration leaves that possible.
 */
function mergeLists(live: readonly unknown[], configuration: readonly unknown[], schema: Schema): readonly unknown[] {
  const form = listForm(schema);
  const liveItems = namedItems(live, form, schema);
  const applied = namedItems(configuration, form, schema);
  const appliedNames = new Set(applied.map(({ name }) => name));
  const liveValues = uniqueValues(liveItems);
  const shared = applied.filter(({ name }) => liveValues.has(name)).map(({ name }) => name);
  const merged: unknown[] = [];
  const done = new Set<string>();
  let at = 0;
  let nextShared = 0;

  for (const { name, value } of applied) {
    for (; at < liveItems.length; at++) {
      const item = liveItems[at];
      if (item === undefined || item.name === name) break;
      if (!appliedNames.has(item.name)) merged.push(item.value);
      else if (nextShared < shared.length && shared[nextShared] === item.name) break;
      else if (done.has(item.name) && nextShared >= shared.length) {
        at += 1;
        break;
      }
    }
    merged.push(mergeConfiguration(liveValues.get(name), value, itemsOf(schema)));
    done.add(name);
    if (liveItems[at]?.name === name) at += 1;
    if (shared[nextShared] === name) nextShared += 1;
  }
  const rest = liveItems.slice(at).filter(({ name }) => !appliedNames.has(name));
  return [...merged, ...rest.map(({ value }) => value)];
}

/** A name that stands twice has no value: what is applied replaces all of them. */
function uniqueValues(items: readonly ListItem[]): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>();
  for (const { name, value } of items) values.set(name, values.has(name) ? undefined : value);
  return values;
}
