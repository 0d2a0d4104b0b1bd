import { CALLS_LIMIT_BYTES } from "./protocol.ts";

interface Pausable {
  pause(): void;
  resume(): void;
}

/**
 * The frames of one guest's calls that have not ended. Their arguments are kept as values, which need many times the bytes of their
 * frames: above a limit of these the guest is not read from.
 */
export class CallBytes {
  readonly #source: Pausable;
  #bytes = 0;

  constructor(source: Pausable) {
    this.#source = source;
  }

  /** Returns what to call once when the call has ended. */
  add(bytes: number): () => void {
    this.#grow(bytes);
    return () => this.#grow(-bytes);
  }

  #grow(bytes: number): void {
    const wasAbove = this.#bytes > CALLS_LIMIT_BYTES;
    this.#bytes += bytes;
    const isAbove = this.#bytes > CALLS_LIMIT_BYTES;
    if (isAbove && !wasAbove) this.#source.pause();
    if (wasAbove && !isAbove) this.#source.resume();
  }
}
