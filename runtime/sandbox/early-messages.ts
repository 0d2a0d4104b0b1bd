import { ProtocolError } from "./guest-message.ts";
import type { GuestListener } from "./guest-process.ts";
import type { GuestMessage } from "./protocol.ts";

const EARLY_LIMIT = 1000;

type EarlyMessage = GuestMessage & { type: "log" | "unhandled" };

/** Keeps what a program writes before it serves: nobody listens to it yet. */
export class EarlyMessages implements GuestListener {
  readonly #kept: EarlyMessage[] = [];

  message(message: GuestMessage): void {
    if (message.type !== "log" && message.type !== "unhandled") {
      throw new ProtocolError(`"${message.type}" before an event`);
    }
    if (this.#kept.length < EARLY_LIMIT) this.#kept.push(message);
  }

  read(): never {
    throw new ProtocolError("a read outside of any event");
  }

  /** Hands everything over, in order. No call is among it, so that the size of its frame does not matter. */
  deliver(listener: GuestListener): void {
    for (const message of this.#kept) listener.message(message, 0);
  }
}
