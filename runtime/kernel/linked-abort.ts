/**
 * Aborts by hand and with any of its parents. Release it when what it guards has ended: parents that live as long as the process
 * would collect the signals of everything that ever ran under them (`AbortSignal.any` leaves that to the garbage collector).
 */
export class LinkedAbort {
  readonly #controller = new AbortController();
  readonly #parents: readonly AbortSignal[];
  readonly #follow = (): void => {
    const parent = this.#parents.find(({ aborted }) => aborted);
    if (parent) this.abort(parent.reason);
  };

  constructor(...parents: readonly AbortSignal[]) {
    this.#parents = parents;
    for (const parent of parents) parent.addEventListener("abort", this.#follow);
    this.#follow();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(reason?: unknown): void {
    this.release();
    this.#controller.abort(reason);
  }

  /** Idempotent. */
  release(): void {
    for (const parent of this.#parents) parent.removeEventListener("abort", this.#follow);
  }
}
