import type { InterceptedAnswer } from "../http/interceptor.ts";
import type { AnswerFault } from "./fault.ts";

/** `Status` reasons as the server gives them with a code (apimachinery: `metav1.StatusReason`). */
const REASONS: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  409: "Conflict",
  410: "Expired",
  429: "TooManyRequests",
  500: "InternalError",
  503: "ServiceUnavailable",
  504: "Timeout",
};

export function answerInstead(fault: Exclude<AnswerFault, { type: "delay" }>): InterceptedAnswer {
  switch (fault.type) {
    case "hangUp":
      return { type: "hang-up", reset: fault.reset ?? false };
    case "stall":
      return { type: "stall" };
    case "status":
      return statusAnswer(fault);
  }
}

function statusAnswer(fault: Extract<AnswerFault, { type: "status" }>): InterceptedAnswer {
  const { code, reason = REASONS[code] ?? "Unknown", message = `${reason} as planned`, retryAfterSeconds } = fault;
  const details = retryAfterSeconds === undefined ? undefined : { retryAfterSeconds };
  const status = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message, reason, details, code };
  const headers = {
    "content-type": "application/json",
    ...(retryAfterSeconds !== undefined && { "retry-after": String(retryAfterSeconds) }),
  };
  return { type: "status", code, headers, body: `${JSON.stringify(status)}\n` };
}
