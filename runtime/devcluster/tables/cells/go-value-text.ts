import { isRecord } from "#kernel/json-value.ts";

/** A JSON value as Go's `fmt` prints it: what the server shows in columns of the type `string`. */
export function goValueText(value: unknown): string {
  if (typeof value === "number") return numberText(value);
  return isRecord(value) || Array.isArray(value) ? jsonText(value) : String(value);
}

/** The exponents between which Go writes a fraction without one. */
const LOWEST_PLAIN = 1e-4;
const HIGHEST_PLAIN = 1e6;

function numberText(value: number): string {
  const size = Math.abs(value);
  if (Number.isSafeInteger(value) || (size >= LOWEST_PLAIN && size < HIGHEST_PLAIN)) return String(value);
  return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
}

/** Go's JSON sorts members and writes some characters as escapes. */
function jsonText(value: unknown): string {
  const sorted = (_key: string, member: unknown): unknown =>
    isRecord(member) ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1))) : member;
  return JSON.stringify(value, sorted).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
