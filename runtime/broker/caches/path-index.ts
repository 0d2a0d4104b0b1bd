import type { IndexFunction } from "#informer/store/indexer.ts";
import { parseItemPath, readItems } from "#resources/item-path.ts";
import { parseObject } from "#resources/raw-object.ts";

/** What the index of a path is called at an informer, whose own indices have other names: `namespace` may be a path, too. */
export function pathIndexName(path: string): string {
  return `path ${path}`;
}

/**
 * Indexes objects by what is at a path: each item of a list, also within the path by `[*]`, and numbers and booleans as text. An object without it is
 * under no value. Parses every object that is written. Throws `FieldPathError` for a path that is none.
 */
export function pathIndex(path: string): IndexFunction {
  const items = parseItemPath(path);
  return (object) => readItems(parseObject(object), items).filter(isScalar).map(String);
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
