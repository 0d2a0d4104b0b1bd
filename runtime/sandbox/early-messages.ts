import { ProtocolError } from "./guest-message.ts";
import type { GuestListener } from "./guest-process.ts";
import type { GuestMessage } from "./protocol.ts";

const EARLY_LIMIT = 1000;
const EARLY_LIMIT_BYTES = 2 ** 20;

type EarlyMessage = GuestMessage & { type: "log" | "unhandled" };

/** Keeps the first of what a program writes before it serves: nobody listens to it yet. */
export class EarlyMessages implements GuestListener {
  readonly #kept: EarlyMessage[] = [];
  #bytes = 0;

  receive(work: () => void): void {
    work();
  }

  message(message: GuestMessage, bytes: number): void {
    if (message.type !== "log" && message.type !== "unhandled") {
      throw new ProtocolError(`"${message.type}" before an event`);
    }
    if (this.#kept.length >= EARLY_LIMIT || this.#bytes + bytes > EARLY_LIMIT_BYTES) return;
    this.#kept.push(message);
    this.#bytes += bytes;
  }

  read(): never {
    throw new ProtocolError("a read outside of any event");
  }

  /** Hands everything over, in order. No call is among it, so that the size of its frame does not matter. */
  deliver(listener: Pick<GuestListener, "message">): void {
    for (const message of this.#kept) listener.message(message, 0);
  }
}
