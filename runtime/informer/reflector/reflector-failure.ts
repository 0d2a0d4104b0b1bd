import type { RequestFailure } from "#kubernetes/request-failure.ts";

export type FailureKind =
  /** The resourceVersion is no longer in the server's history (410). */
  | "expired"
  /** The server has not yet reached the resourceVersion. */
  | "too-large-resource-version"
  | "too-many-requests"
  | "unauthorized"
  | "forbidden"
  | "not-found"
  /** Any other 4xx. */
  | "rejected"
  | "internal-error"
  /** Any other 5xx. */
  | "server-error"
  /** Nobody listens at the server's address. */
  | "refused"
  | "unreachable"
  | "malformed"
  | "credentials"
  /** The watch was closed at once without a single event. */
  | "very-short-watch"
  /** The watch lived long without a single event or bookmark. */
  | "silent-watch"
  /** A watch-list did not show its end in time. */
  | "incomplete-watch-list"
  /** The cache did not take what the server sent. */
  | "store";

/** Why a reflector could not go on. */
export interface ReflectorFailure {
  readonly during: "list" | "watch-list" | "watch" | "store";
  readonly kind: FailureKind;
  readonly message: string;
}

export function requestFailed(during: ReflectorFailure["during"], failure: RequestFailure): ReflectorFailure {
  return { during, kind: failureKind(failure), message: failure.message };
}

export function storeFailed(error: unknown): ReflectorFailure {
  return { during: "store", kind: "store", message: error instanceof Error ? error.message : String(error) };
}

/** The server cannot read at the version that it was asked for. */
export function isHistoryLost(kind: FailureKind): boolean {
  return kind === "expired" || kind === "too-large-resource-version";
}

export function failureKind(failure: RequestFailure): FailureKind {
  if (failure.type === "status") return statusKind(failure);
  if (failure.type === "unreachable") return failure.code === "ECONNREFUSED" ? "refused" : "unreachable";
  return failure.type;
}

function statusKind(status: Extract<RequestFailure, { type: "status" }>): FailureKind {
  if (isTooLarge(status)) return "too-large-resource-version";
  if (status.code === 410 || status.reason === "Expired" || status.reason === "Gone") return "expired";
  if (status.code === 429) return "too-many-requests";
  if (status.code === 401) return "unauthorized";
  if (status.code === 403) return "forbidden";
  if (status.code === 404) return "not-found";
  if (status.code < 500) return "rejected";
  return status.reason === "InternalError" ? "internal-error" : "server-error";
}

/** Three forms are in use: the cause of a timeout, the cause alone, and the text alone (Kubernetes before 1.17). */
function isTooLarge({ causes, message }: Extract<RequestFailure, { type: "status" }>): boolean {
  return causes.includes("ResourceVersionTooLarge") || message.includes("Too large resource version");
}
