import { CALLS_LIMIT, type CallError } from "../../protocol.ts";
import { errorFrom } from "./errors.ts";
import type { Outbox } from "./outbox.ts";

interface Pending {
  /** Where the handler made the call. */
  readonly site: Error;
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

  /**
   * `site` is where the handler made it. Asynchronous, because vm2 hides unhandled rejections of promises that are made by hand: a
   * forgotten `await` must show.
   */
  async start(run: number, method: string, args: readonly unknown[], site = new Error("the call")): Promise<unknown> {
    if (this.#count >= CALLS_LIMIT) {
      throw new RangeError(`Cannot call ${method}: ${CALLS_LIMIT} calls wait for an answer already; await them first`);
    }
    const call = ++this.#last;
    this.#outbox.send({ type: "call", call, run, method, args });
    this.#count++;
    return await new Promise((resolve, reject) => {
      this.#pending[call] = { site, resolve, reject };
    });
  }

  resolve(call: number, value: unknown): void {
    this.#take(call)?.resolve(value);
  }

  reject(call: number, error: CallError): void {
    const pending = this.#take(call);
    pending?.reject(errorFrom(error, pending.site));
  }

  #take(call: number): Pending | undefined {
    const pending = this.#pending[call];
    if (!pending) return undefined;
    delete this.#pending[call];
    this.#count--;
    return pending;
  }
}
