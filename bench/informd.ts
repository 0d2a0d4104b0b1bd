import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InformdProcess } from "../tests/support/informd-process.ts";
import { writeReplayKubeconfig } from "./replay/kubeconfig.ts";

/** Many handlers take their time on a busy machine. */
const WAIT_MS = 5 * 60_000;

interface BenchedOptions {
  readonly flags?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** The replay server by its URL, or an API server. */
type BenchedServer = string | { readonly kubeconfig: string };

/** `informd start` with a handlers directory of its own. */
export class BenchedInformd implements AsyncDisposable {
  readonly process: InformdProcess;
  readonly #folder: string;

  constructor(server: BenchedServer, handlers: Readonly<Record<string, string>>, options: BenchedOptions = {}) {
    const { flags = [], env } = options;
    this.#folder = mkdtempSync(join(tmpdir(), "informd-bench-"));
    mkdirSync(join(this.#folder, "handlers"));
    for (const [file, source] of Object.entries(handlers)) this.save(file, source);
    const kubeconfig = typeof server === "string" ? writeReplayKubeconfig(this.#folder, server) : server.kubeconfig;
    const args = ["start", "--kubeconfig", kubeconfig, "--handlers", "handlers", "--grace", "1s", ...flags];
    this.process = new InformdProcess(args, { cwd: this.#folder, waitMs: WAIT_MS, ...(env && { env }) });
  }

  save(file: string, source: string): void {
    writeFileSync(join(this.#folder, "handlers", file), source);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.process.stop();
    rmSync(this.#folder, { recursive: true });
  }
}
