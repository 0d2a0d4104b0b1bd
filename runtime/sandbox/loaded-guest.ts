import type { Clock } from "#kernel/clock.ts";
import { encodeMessage } from "./event-frame.ts";
import { exitReason } from "./exit-reason.ts";
import { ProtocolError } from "./guest-message.ts";
import type { GuestListener, GuestProcess } from "./guest-process.ts";
import { readLoadedModule } from "./loaded-module.ts";
import type { GuestMessage } from "./protocol.ts";
import type { GuestError, LoadedModule, Program, ServeOptions } from "./sandbox.ts";
import { ServingSandbox } from "./serving-sandbox.ts";
import { StackMap } from "./stack-map.ts";

const LOAD_TIMEOUT_MS = 10_000;
/** Records written before somebody listens. */
const EARLY_LIMIT = 1000;

type EarlyMessage = GuestMessage & { type: "log" | "unhandled" };

interface Parts {
  readonly clock: Clock;
  readonly guest: GuestProcess;
  readonly memoryBytes: number;
}

export type GuestLoad =
  | { readonly type: "loaded"; readonly loaded: LoadedGuest }
  | { readonly type: "failed"; readonly error: GuestError };

/** A guest that has evaluated a program and waits to be told which handler of it to serve. */
export class LoadedGuest implements GuestListener {
  readonly module: LoadedModule;
  readonly #parts: Parts;
  readonly #stacks: StackMap;
  readonly #early: EarlyMessage[];

  constructor(parts: Parts, stacks: StackMap, module: LoadedModule, early: EarlyMessage[]) {
    this.module = module;
    this.#parts = parts;
    this.#stacks = stacks;
    this.#early = early;
    parts.guest.listener = this;
  }

  message(message: GuestMessage): void {
    keepEarly(this.#early, message);
  }

  read(): Buffer {
    throw new ProtocolError("a read outside of any event");
  }

  serve(options: ServeOptions): ServingSandbox {
    const sandbox = new ServingSandbox({ ...this.#parts, stacks: this.#stacks }, options);
    for (const message of this.#early) sandbox.message(message);
    return sandbox;
  }

  discard(): void {
    this.#parts.guest.kill();
  }
}

/** Evaluates `program` in a fresh guest. A guest whose program failed is ended. Rejects with the signal's reason. */
export async function loadProgram(parts: Parts, program: Program, signal: AbortSignal): Promise<GuestLoad> {
  const { clock, guest, memoryBytes } = parts;
  const stacks = new StackMap(program);
  const early: EarlyMessage[] = [];
  const answer = Promise.withResolvers<GuestMessage & { type: "loaded" | "loadFailed" }>();
  guest.listener = {
    message: (message) =>
      message.type === "loaded" || message.type === "loadFailed" ? answer.resolve(message) : keepEarly(early, message),
    read() {
      throw new ProtocolError("a read outside of any event");
    },
  };
  let overTime = false;
  const timer = clock.setTimer(LOAD_TIMEOUT_MS, () => {
    overTime = true;
    guest.kill();
  });
  const abort = (): void => guest.kill();
  signal.addEventListener("abort", abort, { once: true });
  try {
    signal.throwIfAborted();
    guest.send(encodeMessage({ type: "load", file: program.file, code: program.code }));
    const result = await Promise.race([answer.promise, guest.ended]);
    signal.throwIfAborted();
    if (!("type" in result)) {
      return failed(
        program.file,
        overTime ? `it did not finish within ${LOAD_TIMEOUT_MS / 1000} s` : `it ${exitReason(result, memoryBytes)}`,
      );
    }
    if (result.type === "loaded") {
      const loaded = new LoadedGuest(parts, stacks, readLoadedModule(result.module), early);
      return { type: "loaded", loaded };
    }
    guest.kill();
    return { type: "failed", error: stacks.toGuestError(result.error) };
  } catch (error) {
    guest.kill();
    throw error;
  } finally {
    timer.cancel();
    signal.removeEventListener("abort", abort);
  }
}

function keepEarly(early: EarlyMessage[], message: GuestMessage): void {
  if (message.type !== "log" && message.type !== "unhandled")
    throw new ProtocolError(`"${message.type}" before an event`);
  if (early.length < EARLY_LIMIT) early.push(message);
}

function failed(file: string, fact: string): GuestLoad {
  const message = `Cannot load "${file}": ${fact}`;
  return { type: "failed", error: { name: "LoadError", message, stack: message, code: undefined, at: undefined } };
}
