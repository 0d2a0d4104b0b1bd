import { isRecord } from "#kernel/json-value.ts";

/** A JSON value as the real server prints it in messages: Go's `%v`. */
export function goPlain(value: unknown): string {
  if (value === null || value === undefined) return "<nil>";
  if (Array.isArray(value)) return `[${value.map(goPlain).join(" ")}]`;
  if (isRecord(value)) {
    const members = Object.keys(value)
      .toSorted()
      .map((key) => `${key}:${goPlain(value[key])}`);
    return `map[${members.join(" ")}]`;
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The same for Go's `%s`, which complains about anything but text, lists and maps. */
export function goString(value: unknown): string {
  if (value === null || value === undefined) return "%!s(<nil>)";
  if (typeof value === "boolean") return `%!s(bool=${value})`;
  if (typeof value === "number") return `%!s(${goType(value)}=${value})`;
  return goPlain(value);
}

/** The Go type that JSON is read into. */
export function goType(value: unknown): string {
  if (Array.isArray(value)) return "slice";
  if (isRecord(value)) return "map";
  if (typeof value === "number") return Number.isInteger(value) ? "int64" : "float64";
  return typeof value === "boolean" ? "bool" : typeof value;
}

/** `%s` of the type, which `nil` has none of. */
export function goTypeOrNil(value: unknown): string {
  return value === null ? goString(value) : goType(value);
}

/** The same as Go source: `%#v`. */
export function goSyntax(value: unknown): string {
  if (value === null || value === undefined) return "interface {}(nil)";
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(", ")}}`;
  if (isRecord(value)) {
    const members = Object.keys(value)
      .toSorted()
      .map((key) => `${JSON.stringify(key)}:${goSyntax(value[key])}`);
    return `map[string]interface {}{${members.join(", ")}}`;
  }
  return JSON.stringify(value);
}

/** The type in full: `%T`. */
export function goTypeName(value: unknown): string {
  const type = goType(value);
  if (type === "slice") return "[]interface {}";
  return type === "map" ? "map[string]interface {}" : type;
}
