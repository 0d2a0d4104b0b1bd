/** Thrown by `normalize` when a text is no JSON at all. */
export class MalformedJsonError extends Error {
  override readonly name = "MalformedJsonError";
  readonly code = "MALFORMED_JSON";
}

/**
 * The same JSON as a scan likes it: no duplicate keys, no needless escapes, no whitespace.
 * Costs a full parse: only for what a scan refused.
 */
export function normalize(text: string): Buffer {
  try {
    return Buffer.from(JSON.stringify(JSON.parse(text)));
  } catch (error) {
    throw new MalformedJsonError(`Cannot read JSON of ${text.length} characters: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
