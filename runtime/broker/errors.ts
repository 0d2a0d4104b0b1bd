/** What a handler's call rejects with. The sandbox passes on `name`, `message` and `code`. */
import type { RequestFailure } from "#kubernetes/request-failure.ts";

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
    super(`Cannot call ${method}: this version of informd does not have it yet`);
  }
}

/** Thrown when the API server did not do what the handler asked. `code` is the reason of its `Status`: `NotFound`, `Conflict`. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: string;

  /** @param action for example `get pods "web" in namespace "prod"` */
  constructor(action: string, failure: RequestFailure) {
    const { code, fact } = explained(failure);
    super(`Cannot ${action}: ${fact}`);
    this.code = code;
  }
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
