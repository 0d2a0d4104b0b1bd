/** What a handler's call rejects with. The sandbox passes on `name`, `message`, `code`, `reason` and `details`. */
import type { RequestFailure, StatusDetails } from "#kubernetes/request-failure.ts";

type StatusFailure = Extract<RequestFailure, { type: "status" }>;

/** Thrown when the handler's arguments are not what the call takes, or the call cannot be made. Change the call. */
export class BadCallError extends Error {
  override readonly name = "BadCallError";
  readonly code = "BAD_CALL";
}

/** Thrown for what this version cannot do yet. */
export class NotSupportedError extends Error {
  override readonly name = "NotSupportedError";
  readonly code = "NOT_SUPPORTED";

  constructor(method: string) {
    super(`Cannot call ${method}: this version of informd does not have it yet${insteadOf(method)}`);
  }
}

function insteadOf(method: string): string {
  if (!method.startsWith("state.")) return "";
  return ". Keep what has to last in the cluster: kube can write an annotation or a ConfigMap";
}

/** Thrown when the API server refuses. What its `Status` says is safe to read: no headers, no credential. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** The HTTP status: 404. */
  readonly code: number;
  /** `NotFound`, `Conflict`; `""` from a server that gives none. */
  readonly reason: string;
  readonly details: StatusDetails | undefined;

  constructor(message: string, { code, reason, details }: StatusFailure) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }
}

/** Thrown when there is no answer to work with. The API server may have done it nevertheless. */
export class NoAnswerError extends Error {
  override readonly name = "NoAnswerError";
  /** Node's: `ECONNREFUSED`. Or `MALFORMED_ANSWER`, `NO_CREDENTIALS`. */
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/** @param action for example `get pods "web" in namespace "prod"` */
export function failedRequest(action: string, failure: RequestFailure): ApiError | NoAnswerError {
  const { code, fact } = explained(failure);
  const message = `Cannot ${action}: ${fact}`;
  return failure.type === "status" ? new ApiError(message, failure) : new NoAnswerError(message, code);
}

/** For programs: the reason of the API server's `Status`, or what stands for one. */
export function failureCode(failure: RequestFailure): string {
  return explained(failure).code;
}

function explained(failure: RequestFailure): { readonly code: string; readonly fact: string } {
  if (failure.type === "status") {
    const code = failure.reason === "" ? `HTTP_${failure.code}` : failure.reason;
    return { code, fact: failure.message === "" ? `the API server answered ${code}` : failure.message };
  }
  if (failure.type === "unreachable") {
    return { code: failure.code, fact: `the API server is unreachable (${failure.code}: ${failure.message})` };
  }
  if (failure.type === "malformed") {
    return { code: "MALFORMED_ANSWER", fact: `the API server's answer is unreadable (${failure.message})` };
  }
  return { code: "NO_CREDENTIALS", fact: `there are no credentials (${failure.message})` };
}
