import { CALLS_LIMIT_BYTES } from "./protocol.ts";

/**
 * The frames of one guest's calls that have not ended. Their arguments are kept as values, which need many times the bytes of their
 * frames: above a limit of these there is no room for a further call. The guest is read from all the same, because its runs end on the same pipe.
 */
export class CallBytes {
  #bytes = 0;

  /** Returns what to call once when the call has ended; `undefined` if there is no room for it. */
  add(bytes: number): (() => void) | undefined {
    if (this.#bytes > 0 && this.#bytes + bytes > CALLS_LIMIT_BYTES) return undefined;
    this.#bytes += bytes;
    return () => void (this.#bytes -= bytes);
  }
}
