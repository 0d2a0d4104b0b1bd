import { parseDuration } from "#resources/duration.ts";
import type { GuestMessage, WireError } from "./protocol.ts";
import type { RunEnd } from "./sandbox.ts";
import type { StackMap } from "./stack-map.ts";

/** Codes of errors after which trying again would not help. */
const PERMANENT_CODES: ReadonlySet<string | undefined> = new Set(["PERMANENT", "NOT_ALLOWED"]);

/** How V8 says that code asks for what vm2 has taken away; the last one is `Proxy.revocable`. */
const NOT_IN_VM2 =
  /Code generation from strings disallowed|\bProxy is not a constructor|\b(?:Proxy|WeakRef|FinalizationRegistry) is not defined|reading 'revocable'/;

/** How V8 says that code asks what is not there for something that listers have. */
const NO_LISTER = /^Cannot read properties of undefined \(reading '(?:get|list|byIndex|count)'\)$/;

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
  const retryAfterMs = parseDuration(delay);
  const error = stacks.toGuestError({ ...wire, message: withNextStep(wire.message, delay, retryAfterMs) });
  return { type: "threw", error, retryAfterMs, permanent: PERMANENT_CODES.has(error.code) };
}

function withNextStep(message: string, delay: unknown, retryAfterMs: number | undefined): string {
  if (NOT_IN_VM2.test(message)) return `${message}; option engine: "process" allows it`;
  if (NO_LISTER.test(message)) return `${message}; a lister is there if option listers names it`;
  if (delay === undefined || retryAfterMs !== undefined) return message;
  return `${message}; ${JSON.stringify(delay)} is no duration, so the usual backoff holds: write "30s" or "5m"`;
}
