/** Anything that a handler may log, as text and as data. Nothing here fails because of what is logged. */
import { parseJson, stringify, toText } from "./primordials.ts";

/** Deeper values are nothing that a person reads. */
const SHOWN_DEPTH = 100;

/** As the fields of a log record. */
export function toFields(value: unknown): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  try {
    const plain = parseJson(toJson(value) ?? "null");
    return typeof plain === "object" && plain !== null ? { ...plain } : { value: plain };
  } catch (error) {
    return { unserializable: toMessage(error) };
  }
}

/** As a message. */
export function toMessage(value: unknown): string {
  try {
    return toText(value);
  } catch {
    return "a value that cannot be read";
  }
}

/** As `console` shows it. */
export function toShown(value: unknown): string {
  if (typeof value === "string") return value;
  try {
    return value instanceof Error ? (value.stack ?? toText(value)) : (toJson(value) ?? toText(value));
  } catch {
    return toMessage(value);
  }
}

/** `undefined` for what JSON has no word for. */
function toJson(value: unknown): string | undefined {
  const ancestors: unknown[] = [];
  let depth = 0;
  return stringify(value, function (this: unknown, _key, inner: unknown) {
    const plain = toPlain(inner);
    if (typeof plain !== "object" || plain === null) return plain;
    while (depth > 0 && ancestors[depth - 1] !== this) depth--;
    for (let index = 0; index < depth; index++) if (ancestors[index] === plain) return "[circular]";
    if (depth >= SHOWN_DEPTH) return "[deep]";
    ancestors[depth++] = plain;
    return plain;
  });
}

function toPlain(value: unknown): unknown {
  if (typeof value === "bigint" || typeof value === "symbol") return toText(value);
  if (value instanceof Error) {
    const { name, message, stack, cause } = value;
    return cause === undefined ? { name, message, stack } : { name, message, stack, cause };
  }
  return value;
}
