/** Thrown when something is added to an informer that has stopped. An informer runs once: make a new one. */
export class InformerStoppedError extends Error {
  override readonly name = "InformerStoppedError";
  readonly code = "INFORMER_STOPPED";

  constructor(action: string, resource: string) {
    super(`Cannot ${action} to the informer of "${resource}": it has stopped. Make a new one`);
  }
}
