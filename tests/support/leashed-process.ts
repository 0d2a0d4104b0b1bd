import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { openSync, closeSync } from "node:fs";

/** Kills the program with SIGKILL when its own standard input ends: also when the test process was killed itself. */
const LEASH = `
exec 3<&0
"$@" </dev/null &
program=$!
{ cat <&3 >/dev/null; kill -KILL $program; } 2>/dev/null &
wait $program
kill $! 2>/dev/null
`;

/** A program that cannot outlive the process that started it. */
export class LeashedProcess {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;

  /** @param logFile receives what the program prints */
  constructor(program: string, args: readonly string[], logFile: string) {
    const log = openSync(logFile, "a");
    this.#child = spawn("sh", ["-c", LEASH, "sh", program, ...args], { stdio: ["pipe", log, log] });
    closeSync(log);
    this.#exited = once(this.#child, "exit");
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** SIGKILL. Resolves when the program is gone. */
  async kill(): Promise<void> {
    this.#child.stdin?.end();
    await this.#exited;
  }
}
