/** `Status.details`, so far as programs need it. Long texts and lists are cut (`status-details.ts`). */
export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
}

export interface StatusCause {
  /** For programs: `FieldValueRequired`, `DisruptionBudget`. */
  readonly reason?: string;
  readonly message?: string;
  /** `spec.replicas` */
  readonly field?: string;
}

/** Why a request to the API server gave no answer to work with. Expected, hence a value. */
export type RequestFailure =
  /** The server answered with a `Status`, or with a body that stands for one. */
  | {
      readonly type: "status";
      /** The HTTP status, or the `code` of an ERROR event. */
      readonly code: number;
      /** `Status.reason`: `Expired`, `Forbidden`, `TooManyRequests`, …; `""` if there is none. */
      readonly reason: string;
      readonly message: string;
      /** `Status.details.causes[].reason`. */
      readonly causes: readonly string[];
      readonly details?: StatusDetails | undefined;
      /** From `Retry-After` or `details.retryAfterSeconds`. */
      readonly retryAfterSeconds: number | undefined;
    }
  /** No answer: `code` is Node's, for example `ECONNREFUSED`, `ECONNRESET`, `CERT_HAS_EXPIRED`, `UND_ERR_SOCKET`. */
  | { readonly type: "unreachable"; readonly code: string; readonly message: string }
  /** An answer that is not what Kubernetes sends: invalid JSON, a truncated list, a Table. */
  | { readonly type: "malformed"; readonly message: string }
  /** The credentials could not be had: an exec plugin failed, a token file is gone. */
  | { readonly type: "credentials"; readonly message: string };
