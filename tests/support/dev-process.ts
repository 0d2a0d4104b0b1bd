import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
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
  readonly #waiting = new Set<() => void>();

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
        for (const check of this.#waiting) check();
      });
    }
    this.exited = once(this.#child, "close").then(([code]) => {
      for (const check of this.#waiting) check();
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
  async until(pattern: RegExp): Promise<RegExpExecArray> {
    const { promise, resolve, reject } = Promise.withResolvers<RegExpExecArray>();
    const check = (): void => {
      const match = pattern.exec(this.text);
      if (match) resolve(match);
      else if (!this.running) reject(new Error(`it ended before ${pattern}:\n${this.text}`));
    };
    const timer = setTimeout(() => reject(new Error(`waited in vain for ${pattern}:\n${this.text}`)), WAIT_MS);
    this.#waiting.add(check);
    try {
      check();
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(check);
    }
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
