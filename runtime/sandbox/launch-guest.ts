import { execFile } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Clock } from "#kernel/clock.ts";
import type { GuestBundle } from "./guest-bundle.ts";
import { childCommand } from "./child-command.ts";
import { exitReason } from "./exit-reason.ts";
import { ProtocolError } from "./guest-message.ts";
import { GuestProcess, type GuestListener, type ProcessEnd } from "./guest-process.ts";
import { withDataLimit, type KernelLimits } from "./wrappers.ts";

const START_TIMEOUT_MS = 30_000;
/** Beside the heap: buffers, stacks, the compiler. */
const DATA_HEADROOM_BYTES = 96 * 2 ** 20;

/** Thrown when no safe process can be had. The machine is the cause, not the handler. */
export class SandboxError extends Error {
  override readonly name = "SandboxError";
  readonly code = "SANDBOX";
}

export interface LaunchOptions {
  readonly bundle: GuestBundle;
  readonly memoryBytes: number;
  readonly env: Readonly<Record<string, string>>;
  readonly limits: KernelLimits;
  /** What an idle guest has reserved, as an earlier one has shown. */
  readonly idleBytes: number | undefined;
}

export interface Launched {
  readonly guest: GuestProcess;
  /** `undefined` on a machine that limits nothing. */
  readonly idleBytes: number | undefined;
}

/** Starts a guest and waits until it has proved that it is locked down. Throws `SandboxError`. */
export async function launchGuest(clock: Clock, options: LaunchOptions): Promise<Launched> {
  const { memoryBytes } = options;
  const ready = Promise.withResolvers<readonly string[]>();
  const guest = orSandboxError(() => startProcess(options, waitForReady(ready.resolve)));
  const timer = clock.setTimer(START_TIMEOUT_MS, () => guest.kill());
  try {
    const started = await Promise.race([ready.promise, guest.ended]);
    if (isEnd(started)) throw new SandboxError(`Cannot start a sandbox: it ${exitReason(started, memoryBytes)}`);
    if (started.length > 0) throw new SandboxError(`Cannot start a sandbox: it can ${started.join(", ")}`);
    return { guest, idleBytes: await limitMemory(guest.pid, options) };
  } catch (error) {
    guest.kill();
    throw asSandboxError(error);
  } finally {
    timer.cancel();
  }
}

function orSandboxError<T>(start: () => T): T {
  try {
    return start();
  } catch (error) {
    throw asSandboxError(error);
  }
}

function asSandboxError(error: unknown): SandboxError {
  if (error instanceof SandboxError) return error;
  return new SandboxError(`Cannot start a sandbox: ${String(error)}`, { cause: error });
}

/** At once: whoever starts a process early has other work to do, and the event loop may not turn for a while. */
function startProcess(
  { bundle: { boot, program, codeCache }, memoryBytes, env, limits, idleBytes }: LaunchOptions,
  listener: GuestListener,
): GuestProcess {
  const wrappers = idleBytes === undefined ? limits.wrappers : withDataLimit(limits, dataBytes(idleBytes, memoryBytes));
  const files = [program, codeCache].map((file) => (file === undefined ? "ignore" : openSync(file, "r")));
  try {
    return new GuestProcess(childCommand(boot, memoryBytes, wrappers), env, files, listener);
  } finally {
    for (const file of files) if (file !== "ignore") closeSync(file);
  }
}

function waitForReady(resolve: (allowed: readonly string[]) => void): GuestListener {
  return {
    receive: (work) => work(),
    message(message) {
      if (message.type !== "ready") throw new ProtocolError(`"${message.type}" before "ready"`);
      resolve(message.allowed);
    },
    read() {
      throw new ProtocolError('a read before "ready"');
    },
  };
}

function isEnd(started: readonly string[] | ProcessEnd): started is ProcessEnd {
  return "code" in started;
}

/**
 * Buffers lie outside of V8's heap limit, so the kernel limits the process. RLIMIT_DATA counts what V8 has reserved too,
 * hundreds of MiB that differ by version and machine: hence measured in the first process, once it is idle.
 */
async function limitMemory(pid: number, { memoryBytes, limits: { prlimit }, idleBytes }: LaunchOptions) {
  if (prlimit === undefined || idleBytes !== undefined) return idleBytes;
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const measured = Number(/^VmData:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
  await new Promise<void>((resolve, reject) => {
    const args = [`--pid=${pid}`, `--data=${dataBytes(measured, memoryBytes)}`];
    execFile(prlimit, args, (error) => (error ? reject(error) : resolve()));
  });
  return measured;
}

function dataBytes(idleBytes: number, memoryBytes: number): number {
  return idleBytes + memoryBytes + DATA_HEADROOM_BYTES;
}
