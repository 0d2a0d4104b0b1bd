import { isDeepStrictEqual } from "node:util";

import { type FieldPath, readField } from "#resources/field-path.ts";
import { parseObject, type RawObject } from "#resources/raw-object.ts";

/** Whether at least one of the paths differs between two versions, compared as JSON. A missing path is `undefined`. */
export function anyPathChanged(paths: readonly FieldPath[], old: RawObject, object: RawObject): boolean {
  const before = parseObject(old);
  const after = parseObject(object);
  return paths.some((path) => !isDeepStrictEqual(readField(before, path), readField(after, path)));
}
