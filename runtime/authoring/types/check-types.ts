import { execFile } from "node:child_process";
import { setPriority } from "node:os";
import { realpath } from "node:fs/promises";
import { delimiter, dirname } from "node:path";
import { listHandlerFiles } from "#loader/directory/handler-files.ts";
import { setUpCompiler } from "./compiler-setup.ts";
import { parseTscOutput, type TypeFinding } from "./tsc-output.ts";

export interface TypeCheckRequest {
  /** The handlers directory, absolute. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export type TypeCheck =
  /** Of the author's own files; `file` is relative to the handlers directory. */
  | { readonly type: "checked"; readonly findings: readonly TypeFinding[] }
  /** The handlers have no compiler. */
  | { readonly type: "noCompiler" }
  | { readonly type: "failed"; readonly reason: string };

const LONGEST_OUTPUT_BYTES = 16 * 2 ** 20;

/** Runs the handlers' own `tsc` on them. Rejects with the signal's reason at once; then the compiler is killed, and nothing waits for it. */
export async function checkTypes(request: TypeCheckRequest, signal: AbortSignal): Promise<TypeCheck> {
  try {
    const directory = await realpath(request.directory).catch(() => undefined);
    if (directory === undefined) return { type: "failed", reason: goneReason(request.directory) };
    const { files, conflicts } = await listHandlerFiles(directory);
    if (files.length + conflicts.length === 0) return { type: "checked", findings: [] };
    const setup = await setUpCompiler(directory);
    if (setup.type === "missing") return { type: "noCompiler" };
    const output = await run(
      setup.tsc,
      ["--pretty", "false", "--project", setup.config],
      { ...request, directory },
      signal,
    );
    const { findings, complaints } = parseTscOutput(output);
    const own = findings.filter(({ file }) => !file.includes("node_modules"));
    const [complaint] = complaints.filter((one) => !one.startsWith("No inputs were found"));
    if (findings.length === 0 && complaint !== undefined) return { type: "failed", reason: complaint };
    return { type: "checked", findings: own };
  } catch (error) {
    signal.throwIfAborted();
    return { type: "failed", reason: error instanceof Error ? error.message : String(error) };
  }
}

function goneReason(directory: string): string {
  return `handlers directory "${directory}" is gone. Make it again, or stop and name another one with --handlers`;
}

/** What it prints, whatever its exit code. This Node stands first in its path: on an older one the compiler starts a second process. */
function run(
  tsc: string,
  args: readonly string[],
  { directory, environment }: TypeCheckRequest,
  signal: AbortSignal,
): Promise<string> {
  const path = [dirname(process.execPath), environment["PATH"] ?? ""].join(delimiter);
  const options = {
    cwd: directory,
    env: { ...environment, PATH: path },
    maxBuffer: LONGEST_OUTPUT_BYTES,
    killSignal: "SIGKILL",
    signal,
  } as const;
  return new Promise((resolve, reject) => {
    const child = execFile(tsc, args, options, (error, stdout) => {
      // tsc exits with 1 or 2 if there are findings.
      if (error && typeof error.code !== "number") reject(error);
      else resolve(stdout);
    });
    if (child.pid !== undefined) lowerPriority(child.pid);
    // On a busy machine its low priority lets it take seconds to die: Ctrl-C must not wait for that.
    signal.addEventListener("abort", () => child.unref(), { once: true });
  });
}

/** Reloads and handlers go first. */
const NICENESS = 15;

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, NICENESS);
  } catch {
    // It has ended already.
  }
}
