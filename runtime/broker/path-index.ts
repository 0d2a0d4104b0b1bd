import type { IndexFunction } from "#informer/store/indexer.ts";
import { parseFieldPath, readField } from "#resources/field-path.ts";
import { parseObject } from "#resources/raw-object.ts";

/** What the index of a path is called at an informer, whose own indices have other names: `namespace` may be a path, too. */
export function pathIndexName(path: string): string {
  return `path ${path}`;
}

/**
 * Indexes objects by what is at a path: each item of a list, and numbers and booleans as text. An object without it is
 * under no value. Parses every object that is written. Throws `FieldPathError` for a path that is none.
 */
export function pathIndex(path: string): IndexFunction {
  const steps = parseFieldPath(path);
  return (object) => {
    const value = readField(parseObject(object), steps);
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.filter(isScalar).map(String);
  };
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
