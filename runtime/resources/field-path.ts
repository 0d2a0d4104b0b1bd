/** Thrown for a text that is no field path. */
export class FieldPathError extends Error {
  override readonly name = "FieldPathError";
  readonly code = "BAD_FIELD_PATH";
}

/** The keys and indices from an object's root to a field. */
export type FieldPath = readonly (string | number)[];

/**
 * `spec.replicas`, `spec.containers[0].image`, `metadata.annotations['example.com/owner']`. Throws `FieldPathError`.
 * Keys with other characters than letters, digits, `_`, `-` and `$` go into brackets and quotes.
 */
export function parseFieldPath(text: string): FieldPath {
  if (!PATH.test(text)) {
    throw new FieldPathError(
      `Cannot read field path "${text}": it is not keys with dots between them. Write other keys as ['a.b/c'], items as [0]`,
    );
  }
  return Array.from(text.matchAll(STEPS), ([key, index, single, double]) =>
    index === undefined ? (single ?? double ?? key) : Number(index),
  );
}

/** `undefined` where the path leads nowhere. */
export function readField(object: unknown, path: FieldPath): unknown {
  let value = object;
  for (const step of path) {
    if (!isContainer(value) || !Object.hasOwn(value, step)) return undefined;
    value = value[step];
  }
  return value;
}

const PATH = /^[\w$-]+(?:\.[\w$-]+|\[\d+\]|\['[^']+'\]|\["[^"]+"\])*$/;
const STEPS = /\[(\d+)\]|\['([^']+)'\]|\["([^"]+)"\]|[\w$-]+/g;

function isContainer(value: unknown): value is Readonly<Record<string | number, unknown>> {
  return typeof value === "object" && value !== null;
}
