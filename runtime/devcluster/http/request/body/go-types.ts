/** Go's words for JSON that does not fit its types: clients show what the server says, which is what Go says. */
import { badRequest } from "../request-errors.ts";

/** How Go calls the type of a JSON value. */
export function goKind(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (value === null || typeof value === "object") return "object";
  return typeof value === "boolean" ? "bool" : typeof value;
}

export function cannotUnmarshal(value: unknown, type: string): string {
  return `json: cannot unmarshal ${goKind(value)} into Go value of type ${type}`;
}

/** @param place the struct, and the way to the field: `DeleteOptions.dryRun` */
export function unfitField(value: unknown, place: string, type: string): Error {
  const shown = type === "int64" && typeof value === "number" ? `number ${value}` : goKind(value);
  return badRequest(`json: cannot unmarshal ${shown} into Go struct field ${place} of type ${type}`);
}
