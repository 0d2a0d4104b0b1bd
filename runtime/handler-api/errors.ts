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

/** A call that the handler's `allow` does not name. The message prints the entry to add. */
export class NotAllowedError extends PermanentError {
  override readonly name = "NotAllowedError";
  override readonly code = "NOT_ALLOWED";
}
