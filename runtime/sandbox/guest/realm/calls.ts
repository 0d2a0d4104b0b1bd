import { CALLS_LIMIT, type WireError } from "../../protocol.ts";
import { errorFrom } from "./errors.ts";
import type { Outbox } from "./outbox.ts";

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Asynchronous calls that wait for the host's answer. */
export class Calls {
  readonly #outbox: Outbox;
  readonly #pending: Record<number, Pending> = Object.create(null);
  #count = 0;
  #last = 0;

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  start(run: number, method: string, args: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#count >= CALLS_LIMIT) {
        throw new RangeError(
          `Cannot call ${method}: ${CALLS_LIMIT} calls wait for an answer already; await them first`,
        );
      }
      const call = ++this.#last;
      this.#outbox.send({ type: "call", call, run, method, args });
      this.#pending[call] = { resolve, reject };
      this.#count++;
    });
  }

  resolve(call: number, value: unknown): void {
    this.#take(call)?.resolve(value);
  }

  reject(call: number, error: WireError): void {
    this.#take(call)?.reject(errorFrom(error));
  }

  #take(call: number): Pending | undefined {
    const pending = this.#pending[call];
    if (!pending) return undefined;
    delete this.#pending[call];
    this.#count--;
    return pending;
  }
}
