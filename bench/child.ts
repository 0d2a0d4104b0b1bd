import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A Node process that answers in lines. Its errors go to the terminal. */
export class Child {
  /** Rejects if the process ends without having said anything. */
  readonly firstLine: Promise<string>;
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;

  constructor(args: readonly string[]) {
    this.#process = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    this.#ended = once(this.#process, "close");
    const { stdout } = this.#process;
    if (!stdout) throw new Error("Cannot read what a child prints: it has no stdout");
    const said = Promise.withResolvers<string>();
    createInterface({ input: stdout }).once("line", said.resolve);
    this.#process.once("close", (code) =>
      said.reject(new Error(`Cannot measure: "${args.join(" ")}" ended with ${code}`)),
    );
    this.firstLine = said.promise;
  }

  async stop(): Promise<void> {
    this.#process.kill();
    await this.#ended;
  }
}
