import { invalid, type FieldCause } from "../../schema/field-causes.ts";

/** Of a count that may be a percentage. */
export function countCauses(count: unknown, path: string): FieldCause[] {
  if (typeof count === "number") {
    return count < 0 ? [invalid(path, count, "must be greater than or equal to 0")] : [];
  }
  if (typeof count !== "string" || /^[0-9]+%$/.test(count)) return [];
  const detail =
    "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";
  return [invalid(path, count, detail)];
}

/** Of a part of a whole. */
export function percentCauses(count: unknown, path: string): FieldCause[] {
  const percent = typeof count === "string" && /^[0-9]+%$/.test(count) ? Number(count.slice(0, -1)) : 0;
  return percent > 100 ? [invalid(path, count, "must not be greater than 100%")] : [];
}

export function isZero(count: unknown): boolean {
  return count === 0 || count === "0%" || count === undefined;
}
