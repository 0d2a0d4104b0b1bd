/** Reads of data whose shape nobody has promised. Whatever is not there, or is of another type, is `undefined`. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value's own member. */
export function fieldOf(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export function textOf(value: unknown, key: string): string | undefined {
  const field = fieldOf(value, key);
  return typeof field === "string" ? field : undefined;
}

export function numberOf(value: unknown, key: string): number | undefined {
  const field = fieldOf(value, key);
  return typeof field === "number" ? field : undefined;
}

/** The elements of an array; none for anything else. */
export function elementsOf(value: unknown, key: string): readonly unknown[] {
  const field: unknown = fieldOf(value, key);
  return Array.isArray(field) ? field : [];
}

/** The strings of an array. */
export function textsOf(value: unknown, key: string): readonly string[] {
  return elementsOf(value, key).filter((element) => typeof element === "string");
}

/** `undefined` for a text that is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
