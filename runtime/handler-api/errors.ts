/** Errors that a handler throws or meets. They are recognised by `code`, never by `instanceof`: a handler bundles its own copy. */

/** The event goes to the dead letters at once: trying again would not help. */
export class PermanentError extends Error {
  override readonly name: string = "PermanentError";
  readonly code: string = "PERMANENT";
}

/** The event is tried again after this delay instead of the next backoff. */
export class RetryAfter extends Error {
  override readonly name = "RetryAfter";
  readonly code = "RETRY_AFTER";
  /** A duration such as `"30s"`, `"5m"`, or milliseconds. */
  readonly delay: string | number;

  constructor(delay: string | number, message = `retry after ${delay}`) {
    super(message);
    this.delay = delay;
  }
}

/** A call that the handler's `allow` does not name: the message prints the entry to add. Or one that no handler may make: it says why. */
export class NotAllowedError extends PermanentError {
  override readonly name = "NotAllowedError";
  override readonly code = "NOT_ALLOWED";
}

/**
 * What a call of `kube` rejects with when the API server refuses it. Without an answer the error has another name, and Node's `code`.
 *
 * @example
 * const found = await kube.get("configmaps", { name }).catch((error: unknown) => {
 *   if (isApiError(error) && error.reason === "NotFound") return undefined;
 *   throw error;
 * });
 */
export interface ApiError extends Error {
  readonly name: "ApiError";
  /** The HTTP status: 404, 409, 422. */
  readonly code: number;
  /** The API server's word for it: `NotFound`, `AlreadyExists`, `Conflict`, `Invalid`, `Forbidden`, `TooManyRequests`; `""` if it gives none. */
  readonly reason: string;
  /** Which object, and what is wrong with it. At most 32 causes, at most 1,024 characters a text. */
  readonly details?: ApiErrorDetails;
}

/** Kubernetes: `meta/v1` `StatusDetails`. */
export interface ApiErrorDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly { readonly reason?: string; readonly message?: string; readonly field?: string }[];
  readonly retryAfterSeconds?: number;
}

/** Whether the API server refused a call. */
export function isApiError(error: unknown): error is ApiError {
  if (typeof error !== "object" || error === null) return false;
  const { name, code }: { readonly name?: unknown; readonly code?: unknown } = error;
  return name === "ApiError" && typeof code === "number";
}
