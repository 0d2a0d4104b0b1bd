import type { Clock } from "#kernel/clock.ts";
import { unlessAborted } from "#kernel/unless-aborted.ts";
import { EarlyMessages } from "./early-messages.ts";
import { encodeMessage } from "./event-frame.ts";
import { exitReason } from "./exit-reason.ts";
import type { GuestProcess } from "./guest-process.ts";
import { LoadedGuest } from "./loaded-guest.ts";
import { readLoadedModule } from "./loaded-module.ts";
import type { EngineName, WireError } from "./protocol.ts";
import type { GuestError, LoadedModule, Program } from "./sandbox.ts";
import { StackMap } from "./stack-map.ts";

const LOAD_TIMEOUT_MS = 10_000;

interface Parts {
  readonly clock: Clock;
  readonly guest: GuestProcess;
  readonly memoryBytes: number;
}

export type GuestLoad =
  | { readonly type: "loaded"; readonly loaded: LoadedGuest }
  | { readonly type: "failed"; readonly error: GuestError };

type Answer =
  | { readonly type: "loaded"; readonly module: LoadedModule }
  | { readonly type: "threw"; readonly error: WireError }
  | { readonly type: "ended"; readonly reason: string; readonly code?: string };

/** Evaluates `program` in a fresh guest. A guest whose program failed is ended. Rejects with the signal's reason. */
export async function loadProgram(
  parts: Parts,
  program: Program,
  engine: EngineName,
  signal: AbortSignal,
): Promise<GuestLoad> {
  const { guest } = parts;
  const stacks = new StackMap(program);
  const early = new EarlyMessages();
  try {
    const answer = await unlessAborted(evaluate(parts, program, engine, early), signal);
    if (answer.type === "loaded") {
      return { type: "loaded", loaded: new LoadedGuest({ ...parts, stacks }, answer.module, early) };
    }
    guest.kill();
    const { file } = program;
    return {
      type: "failed",
      error: answer.type === "threw" ? stacks.toGuestError(answer.error) : failure(file, answer),
    };
  } catch (error) {
    guest.kill();
    throw error;
  }
}

async function evaluate(
  { clock, guest, memoryBytes }: Parts,
  { file, code }: Program,
  engine: EngineName,
  early: EarlyMessages,
): Promise<Answer> {
  const { promise: answer, resolve } = Promise.withResolvers<Answer>();
  guest.listener = {
    receive: (work) => work(),
    message(message, bytes) {
      if (message.type === "loaded") resolve({ type: "loaded", module: readLoadedModule(message.module) });
      else if (message.type === "loadFailed") resolve({ type: "threw", error: message.error });
      else return early.message(message, bytes);
      guest.listener = early;
    },
    read: () => early.read(),
  };
  void guest.ended.then((end) => resolve({ type: "ended", reason: `it ${exitReason(end, memoryBytes)}` }));
  const timer = clock.setTimer(LOAD_TIMEOUT_MS, () =>
    resolve({ type: "ended", reason: `it did not finish within ${LOAD_TIMEOUT_MS / 1000} s`, code: "LOAD_TIMEOUT" }),
  );
  guest.send(encodeMessage({ type: "load", engine, file, code }));
  return answer.finally(() => timer.cancel());
}

function failure(file: string, { reason, code }: Answer & { readonly type: "ended" }): GuestError {
  const message = `Cannot load "${file}": ${reason}`;
  return { name: "", message, stack: message, code, at: undefined };
}
