import { closeSync, openSync, readSync, statSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { fieldOf, parseJson, textOf } from "#kernel/json-value.ts";

const PATIENCE_MS = 10_000;
const PAUSE_MS = 2;

/** Reads a kube-apiserver's audit log, written with `--audit-log-path` by a policy of level `Request`. */
export class AuditLog {
  readonly #path: string;
  readonly #objects = new Map<string, unknown>();
  #offset = 0;
  #rest = "";

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * What a request carried, as the server decoded, defaulted and encoded it; `undefined` if it could not.
   * @param auditId the answer's `Audit-Id` header
   */
  async requestObject(auditId: string): Promise<unknown> {
    for (let waited = 0; waited < PATIENCE_MS; waited += PAUSE_MS) {
      this.#readOn();
      if (this.#objects.has(auditId)) return this.#objects.get(auditId);
      await delay(PAUSE_MS);
    }
    throw new Error(`Cannot find request ${auditId} in the audit log. Does its policy have level Request?`);
  }

  #readOn(): void {
    const size = statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0;
    if (size === this.#offset) return;
    const buffer = Buffer.alloc(size - this.#offset);
    const file = openSync(this.#path, "r");
    readSync(file, buffer, 0, buffer.length, this.#offset);
    closeSync(file);
    this.#offset += buffer.length;
    const lines = (this.#rest + buffer.toString("utf8")).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) {
      const event = parseJson(line);
      this.#objects.set(textOf(event, "auditID") ?? "", fieldOf(event, "requestObject"));
    }
  }
}
