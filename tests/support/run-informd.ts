import { execFile } from "node:child_process";
import { join } from "node:path";

const MAIN = join(import.meta.dirname, "..", "..", "runtime", "cli", "main.ts");

export interface Printed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** For standard input. */
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a command of informd to its end. */
export function run(args: readonly string[], cwd: string, { input = "", env }: RunOptions = {}): Promise<Printed> {
  return new Promise((resolve) => {
    const options = { cwd, ...(env && { env }) };
    const child = execFile(process.execPath, [MAIN, ...args], options, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
    child.stdin?.end(input);
  });
}
