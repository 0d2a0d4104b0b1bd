import type { JsonRecord } from "#kernel/json-value.ts";

/** The record with these members where it lacks them; `undefined` members are none. */
export function withAbsent(value: JsonRecord, members: JsonRecord): JsonRecord {
  const absent = Object.entries(members).filter(
    ([name, member]) => member !== undefined && !Object.hasOwn(value, name),
  );
  return absent.length === 0 ? value : { ...value, ...Object.fromEntries(absent) };
}
