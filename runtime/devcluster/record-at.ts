import { fieldOf, isRecord, type JsonRecord } from "#kernel/json-value.ts";

/** The record that this path leads to; an empty one if there is none. */
export function recordAt(value: unknown, ...path: readonly string[]): JsonRecord {
  const found = path.reduce<unknown>(fieldOf, value);
  return isRecord(found) ? found : {};
}
