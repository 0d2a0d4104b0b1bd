import { type FieldPath, FieldPathError, parseFieldPath, readField } from "./field-path.ts";

/** The field paths before, between and behind each `[*]`. */
export type ItemPath = readonly [FieldPath, ...FieldPath[]];

const EVERY_ITEM = "[*]";

/** A field path in which `[*]` stands for every item of a list: `spec.containers[*].image`. Throws `FieldPathError`. */
export function parseItemPath(text: string): ItemPath {
  const [first = "", ...rest] = text.split(EVERY_ITEM);
  if (rest.every((part) => part === "" || part.startsWith("."))) {
    return [partOf(text, first), ...rest.map((part) => (part === "" ? [] : partOf(text, part.slice(1))))];
  }
  throw unreadable(text);
}

/** What is there, for each of the items; lists count as their items. Empty where the path leads nowhere. */
export function readItems(object: unknown, [first, ...rest]: ItemPath): readonly unknown[] {
  let found = itemsOf(readField(object, first));
  for (const path of rest) found = found.flatMap((item) => itemsOf(readField(item, path)));
  return found;
}

function partOf(text: string, part: string): FieldPath {
  try {
    return parseFieldPath(part);
  } catch (error) {
    if (error instanceof FieldPathError) throw unreadable(text);
    throw error;
  }
}

function unreadable(text: string): FieldPathError {
  return new FieldPathError(
    `Cannot read path "${text}": it is not keys with dots between them. Write other keys as ['a.b/c'], one item as [0], every item as [*]`,
  );
}

function itemsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined ? [] : [value];
}
