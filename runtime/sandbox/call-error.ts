import { CALLS_LIMIT_BYTES, type CallError, READ_LIMIT_BYTES } from "./protocol.ts";

const MIB = 2 ** 20;

/** What a capability threw, for the handler. */
export function toCallError(error: unknown): CallError {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { name, message, code, reason, details }: ThrownByCapability = error;
  return {
    name,
    message,
    ...((typeof code === "string" || typeof code === "number") && { code }),
    ...(typeof reason === "string" && { reason }),
    ...(details !== undefined && { details }),
  };
}

interface ThrownByCapability extends Error {
  readonly code?: unknown;
  readonly reason?: unknown;
  /** JSON. */
  readonly details?: unknown;
}

export function eventIsOver(method: string): CallError {
  return { name: "Error", message: `Cannot call ${method}: the event is over`, code: "EVENT_OVER" };
}

export function answerTooLarge(method: string, bytes: number): CallError {
  const limit = `${READ_LIMIT_BYTES / MIB} MiB`;
  const message = `Cannot answer ${method}: ${(bytes / MIB).toFixed(1)} MiB, the limit is ${limit}; use "fields" or "limit"`;
  return { name: "RangeError", message, code: "TOO_LARGE" };
}

export function tooManyCallBytes(method: string): CallError {
  const limit = `${CALLS_LIMIT_BYTES / MIB} MiB`;
  const message = `Cannot call ${method}: with it more than ${limit} of arguments would wait for answers; await the calls before it first`;
  return { name: "RangeError", message, code: "TOO_LARGE" };
}
