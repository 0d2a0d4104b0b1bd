import { isRecord, type JsonRecord } from "#kernel/json-value.ts";

/** RFC 7386: members of records are merged, `null` deletes, everything else replaces. */
export function mergePatch(target: unknown, patch: JsonRecord): JsonRecord {
  const members = new Map(isRecord(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) members.delete(key);
    else members.set(key, isRecord(value) ? mergePatch(members.get(key), value) : value);
  }
  return Object.fromEntries(members);
}
