import { READ_LIMIT_BYTES, type WireError } from "./protocol.ts";

const MIB = 2 ** 20;

/** What a capability threw, for the handler. The host's own stack stays here. */
export function toWireError(error: unknown): WireError {
  if (!(error instanceof Error)) return { name: "Error", message: String(error), stack: "" };
  const { name, message } = error;
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return { name, message, stack: "", code };
}

export function eventIsOver(method: string): WireError {
  return { name: "Error", message: `Cannot call ${method}: the event is over`, stack: "", code: "EVENT_OVER" };
}

export function answerTooLarge(method: string, bytes: number): WireError {
  const limit = `${READ_LIMIT_BYTES / MIB} MiB`;
  const message = `Cannot answer ${method}: ${(bytes / MIB).toFixed(1)} MiB, the limit is ${limit}; use "fields" or "limit"`;
  return { name: "RangeError", message, stack: "", code: "TOO_LARGE" };
}
