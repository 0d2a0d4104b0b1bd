import type { StatusCause } from "#devcluster/api-status.ts";
import { elementsOf, fieldOf, textOf } from "#kernel/json-value.ts";

/** What a `Status` says is wrong, by field. */
export function causesOf(status: unknown): StatusCause[] {
  return elementsOf(fieldOf(status, "details"), "causes").map((cause) => ({
    reason: textOf(cause, "reason") ?? "",
    message: textOf(cause, "message") ?? "",
    field: textOf(cause, "field") ?? "",
  }));
}

/** The server goes through members of one object in any order. */
export function inOrderOfFields(causes: readonly StatusCause[]): StatusCause[] {
  return causes.toSorted(({ field: a = "" }, { field: b = "" }) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The server goes through maps in any order, and names the map only. */
export function inOneOrder(causes: readonly StatusCause[]): StatusCause[] {
  const text = ({ field = "", message = "" }: StatusCause): string => `${field} ${message}`;
  return causes.toSorted((a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0));
}
