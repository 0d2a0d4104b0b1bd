import { isDeepStrictEqual } from "node:util";

import { parseObject, type RawObject } from "#resources/raw-object.ts";

/** Whether at least one of the paths (`spec.replicas`) differs between two versions, compared as JSON. A missing path is `undefined`. */
export function anyPathChanged(paths: readonly string[], old: RawObject, object: RawObject): boolean {
  const before = parseObject(old);
  const after = parseObject(object);
  return paths.some((path) => !isDeepStrictEqual(valueAt(before, path), valueAt(after, path)));
}

function valueAt(root: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, name) => {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    return Reflect.get(value, name);
  }, root);
}
