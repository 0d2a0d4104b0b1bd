import { CALLS_LIMIT, type CallError } from "../../protocol.ts";
import { errorFrom } from "./errors.ts";
import type { Outbox } from "./outbox.ts";
import type { AbortSignal } from "./shims/abort.ts";

interface Pending {
  /** Where the handler made the call. */
  readonly site: Error;
  resolve(value: unknown): void;
  reject(reason: unknown): void;
}

export interface CallOptions {
  /** Where the handler made it. @default here */
  readonly site?: Error;
  /** Cancels it: the host is told, and the call rejects with the reason. */
  readonly signal?: AbortSignal;
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

  /** Asynchronous, because vm2 hides unhandled rejections of promises that are made by hand: a forgotten `await` must show. */
  async start(
    run: number,
    method: string,
    args: readonly unknown[],
    { site = new Error("the call"), signal }: CallOptions = {},
  ): Promise<unknown> {
    if (this.#count >= CALLS_LIMIT) {
      throw new RangeError(`Cannot call ${method}: ${CALLS_LIMIT} calls wait for an answer already; await them first`);
    }
    const call = ++this.#last;
    this.#outbox.send({ type: "call", call, run, method, args });
    this.#count++;
    const onAbort = (): void => this.#cancel(call, signal?.reason);
    signal?.addEventListener("abort", onAbort);
    try {
      return await new Promise((resolve, reject) => {
        this.#pending[call] = { site, resolve, reject };
      });
    } finally {
      signal?.removeEventListener("abort", onAbort);
    }
  }

  resolve(call: number, value: unknown): void {
    this.#take(call)?.resolve(value);
  }

  reject(call: number, error: CallError): void {
    const pending = this.#take(call);
    pending?.reject(errorFrom(error, pending.site));
  }

  #cancel(call: number, reason: unknown): void {
    const pending = this.#take(call);
    if (!pending) return;
    this.#outbox.send({ type: "cancel", call });
    pending.reject(reason);
  }

  #take(call: number): Pending | undefined {
    const pending = this.#pending[call];
    if (!pending) return undefined;
    delete this.#pending[call];
    this.#count--;
    return pending;
  }
}
