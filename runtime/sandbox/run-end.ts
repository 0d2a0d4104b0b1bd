import { parseDuration } from "#resources/duration.ts";
import type { GuestMessage, WireError } from "./protocol.ts";
import type { RunEnd } from "./sandbox.ts";
import type { StackMap } from "./stack-map.ts";

/** Codes of errors after which trying again would not help. */
const PERMANENT_CODES: ReadonlySet<string | undefined> = new Set(["PERMANENT", "NOT_ALLOWED"]);

export type EndMessage = GuestMessage & { readonly type: "returned" | "skipped" | "threw" };

/** What the guest says about the end of a run, in the host's terms. */
export function toRunEnd(message: EndMessage, stacks: StackMap): RunEnd {
  switch (message.type) {
    case "skipped":
      return { type: "skipped" };
    case "returned":
      return returned(message.requeueAfter, stacks);
    case "threw":
      return threw(message.error, message.delay, stacks);
  }
}

function returned(requeueAfter: unknown, stacks: StackMap): RunEnd {
  if (requeueAfter === undefined || requeueAfter === null) return { type: "returned", requeueAfterMs: undefined };
  const requeueAfterMs = parseDuration(requeueAfter);
  if (requeueAfterMs !== undefined) return { type: "returned", requeueAfterMs };
  const message = `Cannot requeue after ${JSON.stringify(requeueAfter)}: it is no duration; write "30s" or "5m"`;
  return threw({ name: "TypeError", message, stack: `TypeError: ${message}` }, undefined, stacks);
}

function threw(wire: WireError, delay: unknown, stacks: StackMap): RunEnd {
  const error = stacks.toGuestError(wire);
  return { type: "threw", error, retryAfterMs: parseDuration(delay), permanent: PERMANENT_CODES.has(error.code) };
}
