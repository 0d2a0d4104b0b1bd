import { elementsOf, fieldOf, isRecord, numberOf, parseJson, textOf } from "#kernel/json-value.ts";
import type { RequestFailure } from "../request-failure.ts";
import { statusDetails } from "./status-details.ts";

export type StatusFailure = Extract<RequestFailure, { type: "status" }>;

const SHOWN_BODY_CHARACTERS = 400;
/** A message names each cause, of which there can be thousands. */
const MAX_MESSAGE_CHARACTERS = 4_096;

/** What an answer that is no success says: its `Status`, or a text that stands for one. */
export function statusFromBody(code: number, body: string, retryAfterSeconds: number | undefined): StatusFailure {
  const status = parseJson(body);
  if (textOf(status, "kind") === "Status")
    return {
      ...statusFromObject(status, code),
      code,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    };
  return {
    type: "status",
    code,
    reason: "",
    message: body.trim().slice(0, SHOWN_BODY_CHARACTERS),
    causes: [],
    retryAfterSeconds,
  };
}

/** A `Status` as an ERROR event carries it. Whatever it leaves out counts as an internal error (client-go: `FromObject`). */
export function statusFromObject(status: unknown, code = 500): StatusFailure {
  const details = fieldOf(status, "details");
  const retryAfter = numberOf(details, "retryAfterSeconds") ?? 0;
  return {
    type: "status",
    code: numberOf(status, "code") ?? code,
    reason: textOf(status, "reason") ?? "",
    message: textOf(status, "message")?.slice(0, MAX_MESSAGE_CHARACTERS) ?? "",
    causes: elementsOf(details, "causes").map((cause) => textOf(cause, "reason") ?? ""),
    ...(isRecord(details) && { details: statusDetails(details) }),
    retryAfterSeconds: retryAfter > 0 ? retryAfter : undefined,
  };
}

/** Only whole seconds, as client-go: a date is not read. */
export function parseRetryAfter(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) : undefined;
}
