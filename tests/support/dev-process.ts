import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { HeardProcess } from "./heard-process.ts";
import { descendantsOf } from "./processes.ts";

const MAIN = join(import.meta.dirname, "..", "..", "runtime", "cli", "main.ts");
const INFORMD = [process.execPath, MAIN] as const;
const WAIT_MS = 60_000;

export interface DevProcessOptions {
  /** @default "dev" */
  readonly command?: string;
  /** What runs the command. @default informd of the checkout */
  readonly program?: readonly [file: string, ...args: string[]];
  readonly env?: NodeJS.ProcessEnv;
}

/** `informd dev`, or another command for people, as a process of its own, in its own group, with what it shows. */
export class DevProcess implements AsyncDisposable {
  /** Standard output and standard error, as they come. */
  text = "";
  readonly exited: Promise<number | null>;
  readonly #child: ChildProcess;
  readonly #process = new HeardProcess({
    isRunning: () => this.running,
    said: () => this.text,
    waitMs: WAIT_MS,
  });

  constructor(
    args: readonly string[],
    cwd: string,
    { command = "dev", program = INFORMD, env = {} }: DevProcessOptions = {},
  ) {
    const [file, ...before] = program;
    this.#child = spawn(file, [...before, command, ...args], {
      cwd,
      env: { ...process.env, TZ: "UTC", ...env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        this.text += chunk;
        this.#process.heard();
      });
    }
    this.exited = once(this.#child, "close").then(([code]) => {
      this.#process.heard();
      return code as number | null;
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Resolves once the text matches. Rejects, with the text, after a minute. */
  until(pattern: RegExp): Promise<RegExpExecArray> {
    return this.#process.until(String(pattern), () => pattern.exec(this.text) ?? undefined);
  }

  /** SIGTERM. */
  stop(): void {
    this.#child.kill("SIGTERM");
  }

  /** SIGINT to its whole group of processes, as a terminal sends it. */
  pressCtrlC(): void {
    process.kill(-this.pid, "SIGINT");
  }

  /** The processes that it has started, and theirs. */
  descendants(): Promise<number[]> {
    return descendantsOf(this.pid);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.running) process.kill(-this.pid, "SIGKILL");
    await this.exited;
  }
}
