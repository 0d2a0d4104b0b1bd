import { ProtocolError } from "./guest-message.ts";
import { CALLS_LIMIT, CALLS_LIMIT_BYTES } from "./protocol.ts";

interface Pausable {
  pause(): void;
  resume(): void;
}

/**
 * The calls of one process that wait for an answer. Their arguments are kept as values, which need many times the bytes of their
 * frames: above a limit of these the process is not read from.
 */
export class UnansweredCalls {
  readonly #source: Pausable;
  #count = 0;
  #bytes = 0;

  constructor(source: Pausable) {
    this.#source = source;
  }

  /** Returns what to call once it is answered. Throws `ProtocolError` if there are too many. @param bytes of its frame */
  add(bytes: number): () => void {
    if (this.#count >= CALLS_LIMIT) throw new ProtocolError(`more than ${CALLS_LIMIT} calls at a time`);
    this.#count++;
    this.#grow(bytes);
    return () => {
      this.#count--;
      this.#grow(-bytes);
    };
  }

  #grow(bytes: number): void {
    const wasAbove = this.#bytes > CALLS_LIMIT_BYTES;
    this.#bytes += bytes;
    const isAbove = this.#bytes > CALLS_LIMIT_BYTES;
    if (isAbove && !wasAbove) this.#source.pause();
    if (wasAbove && !isAbove) this.#source.resume();
  }
}
