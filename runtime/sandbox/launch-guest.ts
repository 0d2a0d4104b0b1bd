import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import type { Clock } from "#kernel/clock.ts";
import { childCommand } from "./child-command.ts";
import { exitReason } from "./exit-reason.ts";
import { ProtocolError } from "./guest-message.ts";
import { GuestProcess, type GuestListener, type ProcessEnd } from "./guest-process.ts";
import type { KernelLimits } from "./wrappers.ts";

const START_TIMEOUT_MS = 30_000;
/** Beside the heap: buffers, stacks, the compiler. */
const DATA_HEADROOM_BYTES = 96 * 2 ** 20;

/** Thrown when no safe process can be had. The machine is the cause, not the handler. */
export class SandboxError extends Error {
  override readonly name = "SandboxError";
  readonly code = "SANDBOX";
}

export interface LaunchOptions {
  /** Absolute path of the guest's bundle. */
  readonly bundle: string;
  readonly memoryBytes: number;
  readonly env: Readonly<Record<string, string>>;
  readonly limits: KernelLimits;
}

/** Starts a guest and waits until it has proved that it is locked down. Throws `SandboxError`. */
export async function launchGuest(clock: Clock, options: LaunchOptions): Promise<GuestProcess> {
  const { bundle, memoryBytes, env, limits } = options;
  const ready = Promise.withResolvers<readonly string[]>();
  const guest = new GuestProcess(childCommand(bundle, memoryBytes, limits.wrappers), env, waitForReady(ready.resolve));
  const timer = clock.setTimer(START_TIMEOUT_MS, () => guest.kill());
  try {
    const started = await Promise.race([ready.promise, guest.ended]);
    if (isEnd(started)) throw new SandboxError(`Cannot start a sandbox: it ${exitReason(started, memoryBytes)}`);
    if (started.length > 0) throw new SandboxError(`Cannot start a sandbox: it can ${started.join(", ")}`);
    if (limits.prlimit !== undefined) await limitMemory(limits.prlimit, guest.pid, memoryBytes);
    return guest;
  } catch (error) {
    guest.kill();
    if (error instanceof SandboxError) throw error;
    throw new SandboxError(`Cannot start a sandbox: ${String(error)}`, { cause: error });
  } finally {
    timer.cancel();
  }
}

function waitForReady(resolve: (allowed: readonly string[]) => void): GuestListener {
  return {
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
 * hundreds of MiB that differ by version and machine: hence measured in the process itself, now that it is idle.
 */
async function limitMemory(prlimit: string, pid: number, memoryBytes: number): Promise<void> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const idleBytes = Number(/^VmData:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
  const limit = idleBytes + memoryBytes + DATA_HEADROOM_BYTES;
  await new Promise<void>((resolve, reject) => {
    execFile(prlimit, [`--pid=${pid}`, `--data=${limit}`], (error) => (error ? reject(error) : resolve()));
  });
}
