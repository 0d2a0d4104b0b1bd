// Shared by handlers: a file whose name begins with `_` is no handler.
// Saving it reloads exactly the handlers that import it.

/** Milliseconds since the object was created. */
export function ageOf(metadata: { readonly creationTimestamp: string }): number {
  return Date.now() - Date.parse(metadata.creationTimestamp);
}
