import { readFile } from "node:fs/promises";
import type { Clock } from "#kernel/clock.ts";
import { CredentialsError } from "./credential.ts";

/** A small file that someone else replaces from time to time: a token, a certificate. */
export class RereadFile {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #maxAgeMs: number;
  #content: string | undefined;
  #readAt = -Infinity;

  constructor(path: string, clock: Clock, maxAgeMs: number) {
    this.#path = path;
    this.#clock = clock;
    this.#maxAgeMs = maxAgeMs;
  }

  /** The content, at most `maxAgeMs` old. While the file cannot be read, what it held before. Throws `CredentialsError`. */
  async read(): Promise<string> {
    if (this.#content !== undefined && this.#clock.monotonic() - this.#readAt < this.#maxAgeMs) return this.#content;
    try {
      const content = (await readFile(this.#path, "utf8")).trim();
      if (content === "") throw new Error("it is empty");
      this.#content = content;
      this.#readAt = this.#clock.monotonic();
      return content;
    } catch (error) {
      if (this.#content !== undefined) return this.#content;
      const step = "Check the files that the kubeconfig names";
      throw new CredentialsError(`Cannot read "${this.#path}": ${reasonOf(error)}. ${step}`, { cause: error });
    }
  }

  /** Makes the next `read` look at the file. */
  expire(): void {
    this.#readAt = -Infinity;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && error.code === "ENOENT" ? "no such file" : error.message;
}
