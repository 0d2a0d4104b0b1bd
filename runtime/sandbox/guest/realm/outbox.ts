import type { GuestMessage, ReadRequest } from "../../protocol.ts";
import { errorFrom } from "./errors.ts";
import { parseAnswer, setPrototypeOf, stringify } from "./primordials.ts";
import { toFields } from "./readable.ts";

/** What the guest lends to this realm. They take and return text and numbers and never throw. */
export interface HostFunctions {
  /** Returns `""`, or why the message was not sent. */
  readonly send: (text: string) => string;
  /** The same for the end of a run: there is always room for it. */
  readonly finish: (text: string) => string;
  /** Returns a `ReadAnswer`. */
  readonly read: (text: string) => string;
  readonly now: () => number;
  readonly random: (bytes: number) => string;
  /** Hashes of Node's names; bytes are text with a character for each. `""`: it failed. */
  readonly digest: (hash: string, data: string) => string;
  readonly sign: (hash: string, key: string, data: string) => string;
  readonly verify: (hash: string, key: string, data: string, signature: string) => boolean;
  readonly url: (text: string) => string;
  readonly setTimer: (timer: number, delayMs: number, repeat: boolean) => void;
  readonly clearTimer: (timer: number) => void;
}

type LogLevel = (GuestMessage & { type: "log" })["level"];

/** The way out of the realm. */
export class Outbox {
  readonly #send: HostFunctions["send"];
  readonly #finish: HostFunctions["finish"];
  readonly #read: HostFunctions["read"];

  constructor({ send, finish, read }: HostFunctions) {
    this.#send = send;
    this.#finish = finish;
    this.#read = read;
  }

  /** Throws a `RangeError` if the message is too large or too much of what was sent waits for the host. */
  send(message: GuestMessage): void {
    const reason = this.#send(toJson(message));
    if (reason !== "") throw new RangeError(reason);
  }

  finish(message: GuestMessage): void {
    const reason = this.#finish(toJson(message));
    if (reason !== "") throw new RangeError(reason);
  }

  log(run: number, level: LogLevel, message: string, fields: unknown): void {
    this.send({ type: "log", run, level, message, fields: toFields(fields) });
  }

  /** Throws what the host answers as error. */
  read(request: ReadRequest): unknown {
    const answer = parseAnswer(this.#read(toJson(request)));
    if ("error" in answer) throw errorFrom(answer.error);
    return answer.value;
  }
}

/** A `toJSON` that the handler put on `Object.prototype` must not change the envelope. */
function toJson(message: object): string {
  const envelope: Record<string, unknown> = setPrototypeOf(message, null);
  for (const name in envelope) {
    const part = envelope[name];
    if (typeof part === "object" && part !== null) setPrototypeOf(part, null);
  }
  return stringify(envelope);
}
