import { execFile, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const MAIN = join(import.meta.dirname, "..", "..", "runtime", "cli", "main.ts");
const WAIT_MS = 60_000;

/** `informd dev` as a process of its own, in its own group, with what it shows. */
export class DevProcess implements AsyncDisposable {
  /** Standard output and standard error, as they come. */
  text = "";
  readonly exited: Promise<number | null>;
  readonly #child: ChildProcess;
  readonly #waiting = new Set<() => void>();

  constructor(args: readonly string[], cwd: string) {
    const env = { ...process.env, TZ: "UTC" };
    const stdio = ["ignore", "pipe", "pipe"] as const;
    this.#child = spawn(process.execPath, [MAIN, "dev", ...args], { cwd, env, stdio: [...stdio], detached: true });
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
      else if (!this.running) reject(new Error(`dev ended before ${pattern}:\n${this.text}`));
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

  /** SIGINT to its whole group of processes, as a terminal sends it. */
  pressCtrlC(): void {
    process.kill(-this.pid, "SIGINT");
  }

  /** The processes that it has started, and theirs. */
  async descendants(): Promise<number[]> {
    const parents = (await processes()).map(({ pid, parent }) => [pid, parent] as const);
    const of = (pid: number): number[] => {
      const children = parents.flatMap(([child, parent]) => (parent === pid ? [child] : []));
      return children.flatMap((child) => [child, ...of(child)]);
    };
    return of(this.pid);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.exited;
  }
}

/** Of these processes those that still run. One that nobody has waited for yet does not. */
export async function alive(pids: readonly number[]): Promise<number[]> {
  const running = (await processes()).filter(({ state }) => !state.startsWith("Z"));
  return running.map(({ pid }) => pid).filter((pid) => pids.includes(pid));
}

interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly state: string;
}

function processes(): Promise<ProcessRow[]> {
  return new Promise((resolve, reject) => {
    execFile("ps", ["-A", "-o", "pid=,ppid=,stat="], (error, stdout) => {
      if (error) return reject(error);
      const rows = stdout.split("\n").map((row) => row.trim().split(/\s+/));
      resolve(rows.map(([pid, parent, state = ""]) => ({ pid: Number(pid), parent: Number(parent), state })));
    });
  });
}
