import type { CallError, WireError } from "../../protocol.ts";
import { toText } from "./primordials.ts";

const LONGEST_TEXT = 16_384;
const MOST_CAUSES = 3;

/** Whatever was thrown, as text. Getters of the handler may run and throw here. */
export function describe(thrown: unknown): WireError {
  try {
    if (typeof thrown !== "object" || thrown === null) return plain(thrown);
    const { name, message, stack, code }: { name?: unknown; message?: unknown; stack?: unknown; code?: unknown } =
      thrown;
    const error = { name: textOr(name, "Error"), message: shorten(withCauses(thrown, textOr(message, ""))) };
    const described = { ...error, stack: textOr(stack, `${error.name}: ${error.message}`) };
    return typeof code === "string" ? { ...described, code: shorten(code) } : described;
  } catch {
    return { name: "Error", message: "an error that cannot be read", stack: "" };
  }
}

/** What a cause says is mostly what went wrong. */
function withCauses(thrown: object, message: string): string {
  let text = message;
  let { cause }: { cause?: unknown } = thrown;
  for (let depth = 0; depth < MOST_CAUSES && typeof cause === "object" && cause !== null; depth++) {
    const { message: why, cause: next }: { message?: unknown; cause?: unknown } = cause;
    if (typeof why === "string" && why !== "" && !text.includes(why)) text += ` (cause: ${shorten(why)})`;
    cause = next;
  }
  return text;
}

/** The `delay` of a `RetryAfter`, as the handler wrote it; `undefined` for any other error. */
export function delayOf(thrown: unknown): unknown {
  try {
    if (typeof thrown !== "object" || thrown === null) return undefined;
    const { code, delay }: { code?: unknown; delay?: unknown } = thrown;
    return code === "RETRY_AFTER" && (typeof delay === "string" || typeof delay === "number") ? delay : undefined;
  } catch {
    return undefined;
  }
}

/** An error of the host in this realm's own classes. Its stack is that of `site`, if it was not thrown where it arose. */
export function errorFrom(wire: CallError, site?: Error): Error {
  const error = new HostError(wire);
  const frames = site?.stack?.indexOf("\n    at ") ?? -1;
  if (frames >= 0) error.stack = `${error.name}: ${error.message}${site?.stack?.slice(frames) ?? ""}`;
  return error;
}

class HostError extends Error {
  override readonly name: string;
  readonly code: CallError["code"];
  declare readonly reason?: string;
  declare readonly details?: unknown;

  constructor({ name, message, code, reason, details }: CallError) {
    super(message);
    this.name = name;
    this.code = code;
    if (reason !== undefined) this.reason = reason;
    if (details !== undefined) this.details = details;
  }
}

function plain(thrown: unknown): WireError {
  const message = shorten(toText(thrown));
  return { name: "Error", message, stack: `thrown: ${message}` };
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" ? shorten(value) : otherwise;
}

function shorten(text: string): string {
  return text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text;
}
