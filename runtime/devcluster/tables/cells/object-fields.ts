/** Reads of objects by the dotted path of a field: `spec.replicas`. What is not there, or of another type, is empty. */
import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { readField } from "#resources/field-path.ts";

export function fieldAt(value: unknown, path: string): unknown {
  return readField(value, path.split("."));
}

export function textAt(value: unknown, path: string): string {
  const field = fieldAt(value, path);
  return typeof field === "string" ? field : "";
}

export function numberAt(value: unknown, path: string): number {
  const field = fieldAt(value, path);
  return typeof field === "number" ? field : 0;
}

export function isTrueAt(value: unknown, path: string): boolean {
  return fieldAt(value, path) === true;
}

export function listAt(value: unknown, path: string): readonly unknown[] {
  const field = fieldAt(value, path);
  return Array.isArray(field) ? field : [];
}

export function textsAt(value: unknown, path: string): readonly string[] {
  return listAt(value, path).filter((item) => typeof item === "string");
}

export function recordAt(value: unknown, path: string): JsonRecord {
  const field = fieldAt(value, path);
  return isRecord(field) ? field : {};
}

/** Whether the field holds something that is not `null`. */
export function hasAt(value: unknown, path: string): boolean {
  return fieldAt(value, path) !== undefined && fieldAt(value, path) !== null;
}

/** The condition of that type in `status.conditions`. */
export function conditionOf(object: unknown, type: string): unknown {
  return listAt(object, "status.conditions").find((condition) => textAt(condition, "type") === type);
}

/** Whether the object has that condition with status `True`. */
export function hasCondition(object: unknown, type: string): boolean {
  return textAt(conditionOf(object, type), "status") === "True";
}
