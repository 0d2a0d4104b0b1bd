import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { HeardProcess } from "./heard-process.ts";

const MAIN = join(import.meta.dirname, "..", "..", "runtime", "cli", "main.ts");
const WAIT_MS = 60_000;

/** One line of the JSON log. */
export type LogLine = Readonly<Record<string, unknown>> & {
  readonly msg: string;
  readonly data?: Readonly<Record<string, unknown>>;
};

interface InformdProcessOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly detached?: boolean;
  /** The longest that anything is waited for. */
  readonly waitMs?: number;
  /** What `informd` is. @default the checkout's */
  readonly program?: readonly [file: string, ...args: string[]];
}

/** `informd` as a process of its own, with its log as it comes. */
export class InformdProcess implements AsyncDisposable {
  readonly lines: LogLine[] = [];
  /** What it printed to stderr. */
  stderr = "";
  readonly exited: Promise<number | null>;
  readonly #child: ChildProcess;
  readonly #process: HeardProcess;

  constructor(
    args: readonly string[],
    { waitMs = WAIT_MS, program = [process.execPath, MAIN], ...options }: InformdProcessOptions = {},
  ) {
    this.#process = new HeardProcess({ isRunning: () => this.running, said: () => this.#tail(), waitMs });
    const [file, ...first] = program;
    this.#child = spawn(file, [...first, ...args], { stdio: ["ignore", "pipe", "pipe"], ...options });
    const { stdout, stderr } = this.#child;
    if (!stdout || !stderr) throw new Error("Cannot read informd's output");
    createInterface({ input: stdout }).on("line", (line) => {
      this.lines.push(JSON.parse(line) as LogLine);
      this.#process.heard();
    });
    stderr.on("data", (chunk) => (this.stderr += String(chunk)));
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

  /** The records of one handler, or with this message. */
  where(matching: Readonly<Record<string, unknown>>): LogLine[] {
    return this.lines.filter((line) => Object.entries(matching).every(([key, value]) => line[key] === value));
  }

  /** What a handler itself wrote. */
  told(handler: string): LogLine[] {
    return this.where({ handler }).filter(({ data }) => data !== undefined);
  }

  /** Resolves with `found`'s first value that is not undefined. Rejects, with the log's end, after a minute if nothing else was asked for. */
  until<T>(what: string, found: () => T | undefined | false): Promise<T> {
    return this.#process.until(what, found);
  }

  /** Resolves with the first record that has these fields. */
  log(matching: Readonly<Record<string, unknown>>): Promise<LogLine> {
    return this.until(JSON.stringify(matching), () => this.where(matching)[0]);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** SIGINT to its whole group of processes, as a terminal sends it. Needs `detached`. */
  pressCtrlC(): void {
    process.kill(-this.pid, "SIGINT");
  }

  /** Reads no more of the log, like `| head -1`. */
  closeOutput(): void {
    this.#child.stdout?.destroy();
  }

  /** SIGTERM. Resolves with the exit code. */
  async stop(): Promise<number | null> {
    if (this.running) this.signal("SIGTERM");
    return await this.exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.signal("SIGKILL");
    await this.exited;
  }

  #tail(): string {
    return [...this.lines.slice(-20).map((line) => JSON.stringify(line)), this.stderr.slice(-2000)].join("\n");
  }
}
