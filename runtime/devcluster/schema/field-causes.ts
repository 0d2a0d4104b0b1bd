import type { StatusCause } from "../api-status.ts";
import { goText } from "./go-text.ts";

/** Makers of what is wrong with a field, in the server's words (apimachinery: `field.Error`). */
export type FieldCause = Required<StatusCause>;

export function required(field: string, detail = ""): FieldCause {
  return { reason: "FieldValueRequired", message: withDetail("Required value", detail), field };
}

export function invalid(field: string, value: unknown, detail: string): FieldCause {
  return { reason: "FieldValueInvalid", message: withDetail(`Invalid value: ${goText(value)}`, detail), field };
}

/** @param text of a value that Go shows otherwise than JSON does */
export function rawInvalid(field: string, text: string, detail: string): FieldCause {
  return { reason: "FieldValueInvalid", message: withDetail(`Invalid value: ${text}`, detail), field };
}

export function wrongType(field: string, value: unknown, detail: string): FieldCause {
  return { reason: "FieldValueTypeInvalid", message: withDetail(`Invalid value: ${goText(value)}`, detail), field };
}

export function forbidden(field: string, detail: string): FieldCause {
  return { reason: "FieldValueForbidden", message: withDetail("Forbidden", detail), field };
}

export function duplicate(field: string, value: unknown): FieldCause {
  return { reason: "FieldValueDuplicate", message: `Duplicate value: ${goText(value)}`, field };
}

export function notFound(field: string, value: unknown): FieldCause {
  return { reason: "FieldValueNotFound", message: `Not found: ${goText(value)}`, field };
}

export function notSupported(field: string, value: unknown, supported: readonly unknown[]): FieldCause {
  const values = supported.map((one) => JSON.stringify(typeof one === "string" ? one : goText(one))).join(", ");
  const detail = supported.length === 0 ? "" : `supported values: ${values}`;
  return {
    reason: "FieldValueNotSupported",
    message: withDetail(`Unsupported value: ${goText(value)}`, detail),
    field,
  };
}

export function tooLong(field: string, maxBytes: number): FieldCause {
  const message = `Too long: may not be more than ${counted(maxBytes, "byte")}`;
  return { reason: "FieldValueTooLong", message, field };
}

export function tooMany(field: string, actual: number, max: number): FieldCause {
  const message = `Too many: ${actual}: must have at most ${counted(max, "item")}`;
  return { reason: "FieldValueTooMany", message, field };
}

function withDetail(what: string, detail: string): string {
  return detail === "" ? what : `${what}: ${detail}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
