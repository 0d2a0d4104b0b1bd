import { spawn } from "node:child_process";
import type { Clock } from "#kernel/clock.ts";

export type ProgramResult =
  | { readonly type: "output"; readonly output: string }
  /** There is no such program. */
  | { readonly type: "missing" }
  /** `message`: what it wrote to its standard error, or how it ended. */
  | { readonly type: "failed"; readonly message: string };

interface Limits {
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** Kills the program. */
  readonly signal: AbortSignal;
}

const MAX_OUTPUT_BYTES = 1024 * 1024;
const SHOWN_ERROR_CHARACTERS = 1_000;

/** Runs a program without standard input and gives what it prints. Never rejects. */
export function runProgram(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  { clock, timeoutMs, signal }: Limits,
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
      signal,
      killSignal: "SIGKILL",
    });
    const [output, errors]: [Buffer[], Buffer[]] = [[], []];
    let bytes = 0;
    let fact: string | undefined;
    const stop = (reason: string): void => {
      fact ??= reason;
      child.kill("SIGKILL");
    };
    const timer = clock.setTimer(timeoutMs, () => stop(`it did not end within ${timeoutMs / 1000} s`));
    const collect = (into: Buffer[]) => (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_OUTPUT_BYTES) stop(`it printed more than ${MAX_OUTPUT_BYTES} bytes`);
      else into.push(chunk);
    };
    child.stdout.on("data", collect(output));
    child.stderr.on("data", collect(errors));
    child.once("error", (error) => {
      timer.cancel();
      resolve(
        "code" in error && error.code === "ENOENT" ? { type: "missing" } : { type: "failed", message: error.message },
      );
    });
    child.once("close", (code, killedBy) => {
      timer.cancel();
      if (code === 0 && fact === undefined)
        return resolve({ type: "output", output: Buffer.concat(output).toString() });
      const said = Buffer.concat(errors).toString().trim().slice(0, SHOWN_ERROR_CHARACTERS);
      const ended = killedBy === null ? `it ended with exit code ${code}` : `it was killed by ${killedBy}`;
      resolve({ type: "failed", message: fact ?? (said === "" ? ended : `${ended}: ${said}`) });
    });
  });
}
