/** The server's `Status` (apimachinery: `metav1.Status`), which every failed request answers with. */
export interface ApiStatus {
  readonly kind: "Status";
  readonly apiVersion: "v1";
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly status: "Success" | "Failure";
  readonly message?: string;
  readonly reason?: string;
  readonly details?: StatusDetails;
  readonly code: number;
}

export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  /** The resource for most reasons (`configmaps`), the kind for `Invalid`: as the real server has it. */
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
}

export interface StatusCause {
  readonly reason?: string;
  readonly message?: string;
  readonly field?: string;
}

/** Thrown when a request cannot be done; it carries the answer that says why. */
export class StatusError extends Error {
  override readonly name = "StatusError";
  readonly code = "API_STATUS";
  readonly status: ApiStatus;

  /** @param reason `""`: none, as of failures that the real server does not classify */
  constructor(code: number, reason: string, message: string, details?: StatusDetails) {
    super(message);
    this.status = {
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message,
      ...(reason !== "" && { reason }),
      ...(details && { details }),
      code,
    };
  }
}
