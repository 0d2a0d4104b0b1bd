/** Thrown while reading an answer that is not what Kubernetes sends. The clients of this room turn it into a failure. */
export class MalformedAnswerError extends Error {
  override readonly name = "MalformedAnswerError";
  readonly code = "MALFORMED_ANSWER";
}
