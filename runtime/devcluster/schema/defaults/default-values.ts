import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import type { Schema } from "../schema.ts";

/**
 * The value with defaults where members are absent, or are null and may not be. What needs none is the same value.
 * (apiextensions: `structural/defaulting.Default`; built-in kinds: the versions' `SetDefaults` functions.)
 */
export function applyDefaults(schema: Schema, value: unknown): unknown {
  if (Array.isArray(value)) return defaultElements(schema, value);
  if (!isRecord(value)) return value;
  const filled = schema.fillIn ? schema.fillIn(value) : value;
  return defaultMembers(schema, withDefaults(schema, filled));
}

function defaultElements({ items }: Schema, list: readonly unknown[]): unknown {
  if (!items) return list;
  const next = list.map((element) => applyDefaults(items, orDefault(items, element)));
  return next.every((element, index) => element === list[index]) ? list : next;
}

function withDefaults({ properties = {} }: Schema, value: JsonRecord): JsonRecord {
  const added: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(properties)) {
    if (property.default === undefined) continue;
    if (!Object.hasOwn(value, name) || isForbiddenNull(property, value[name])) added[name] = property.default;
  }
  return Object.keys(added).length === 0 ? value : { ...value, ...added };
}

function defaultMembers({ properties = {}, additionalProperties }: Schema, value: JsonRecord): JsonRecord {
  const further = typeof additionalProperties === "object" ? additionalProperties : undefined;
  const changed = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
    const schema = Object.hasOwn(properties, name) ? properties[name] : further;
    if (!schema) return [];
    const next = applyDefaults(schema, schema === further ? orDefault(schema, member) : member);
    return next === member ? [] : [[name, next]];
  });
  return changed.length === 0 ? value : { ...value, ...Object.fromEntries(changed) };
}

function orDefault(schema: Schema, value: unknown): unknown {
  return isForbiddenNull(schema, value) && schema.default !== undefined ? schema.default : value;
}

function isForbiddenNull({ nullable }: Schema, value: unknown): boolean {
  return value === null && nullable !== true;
}
