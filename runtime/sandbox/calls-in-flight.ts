import { LinkedAbort } from "#kernel/linked-abort.ts";
import { ProtocolError } from "./guest-message.ts";
import { CALLS_LIMIT } from "./protocol.ts";

/** A capability that is told to stop does so soon: more than that are no accident. */
const CANCELLED_LIMIT = 1000;

/** The calls of one guest that wait for an answer. */
export class CallsInFlight {
  readonly #calls = new Map<number, LinkedAbort>();
  /** Nobody waits for them any more, and they have not ended yet. */
  #cancelled = 0;

  /** Throws a `ProtocolError` where the guest's own half would have refused. */
  start(call: number, signal: AbortSignal): LinkedAbort {
    if (this.#calls.size >= CALLS_LIMIT) throw new ProtocolError(`more than ${CALLS_LIMIT} calls at a time`);
    if (this.#calls.has(call)) throw new ProtocolError(`call ${call} a second time`);
    const started = new LinkedAbort(signal);
    this.#calls.set(call, started);
    return started;
  }

  /** The answer may be on its way already. */
  cancel(call: number): void {
    const started = this.#calls.get(call);
    if (!started) return;
    if (this.#cancelled >= CANCELLED_LIMIT) throw new ProtocolError(`more than ${CANCELLED_LIMIT} cancelled calls`);
    this.#calls.delete(call);
    this.#cancelled++;
    started.abort(new DOMException("the handler has cancelled it", "AbortError"));
  }

  /** Returns whether the guest waits for the answer. */
  end(call: number, started: LinkedAbort): boolean {
    started.release();
    if (this.#calls.get(call) === started) return this.#calls.delete(call);
    this.#cancelled--;
    return false;
  }
}
