import type { Outcome, RunError } from "#dispatch/ports.ts";
import type { GuestError, Overrun, RunEnd } from "#sandbox/sandbox.ts";

const OVERRUNS: Readonly<Record<Overrun, string>> = {
  blocked: "its event loop was blocked",
  unsettled: "its promise never settled, the event loop was free",
  late: "it ended only when its signal told it to",
};

/** How the end of a run counts for dispatch. */
export function outcomeOf(end: RunEnd, timeoutMs: number): Outcome {
  switch (end.type) {
    case "returned":
      return end.requeueAfterMs === undefined ? { type: "done" } : { type: "done", requeueAfterMs: end.requeueAfterMs };
    case "skipped":
    case "innocent":
      return { type: end.type };
    case "threw": {
      const error = runErrorOf(end.error);
      if (end.permanent) return { type: "permanent", error };
      return end.retryAfterMs === undefined
        ? { type: "failed", error }
        : { type: "failed", error, retryAfterMs: end.retryAfterMs };
    }
    case "timedOut": {
      const message = `timed out after ${timeoutMs} ms: ${OVERRUNS[end.how]}`;
      return { type: "timedOut", error: plainError("TimeoutError", message) };
    }
    case "crashed":
      return crashed(end.reason);
  }
}

/** The process of the run is gone, and this run had its share in it. */
export function crashed(reason: string): Outcome {
  return { type: "crashed", error: plainError("CrashError", reason) };
}

function runErrorOf({ name, message, stack, at, frame }: GuestError): RunError {
  return { name, message, stack, ...(at && { at }), ...(frame !== undefined && { frame }) };
}

function plainError(name: string, message: string): RunError {
  return { name, message, stack: `${name}: ${message}` };
}
