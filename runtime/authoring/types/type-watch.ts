/** Checks the handlers' types beside each reload and logs what is new: never in the way of the reload, and the newest change wins. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { codeFrame } from "#kernel/code-frame.ts";
import type { Batch } from "#loader/revision.ts";
import type { Logger } from "#observability/logger.ts";
import type { TypeCheck } from "./check-types.ts";
import type { TypeFinding } from "./tsc-output.ts";

export interface TypeWatchParts {
  readonly logger: Logger;
  /** The handlers directory, absolute. */
  readonly directory: string;
  /** Rejects only when the signal aborts. */
  readonly check: (signal: AbortSignal) => Promise<TypeCheck>;
}

/** A change that breaks a shared type is told by some of what follows from it. */
const SHOWN_FINDINGS = 10;

export class TypeWatch {
  readonly #parts: TypeWatchParts;
  #running = new AbortController();
  #ended = Promise.resolve();
  /** What was told and is still so. */
  #known: readonly TypeFinding[] = [];
  /** Handler files that do not load, with the files that are to blame. They are told as such. */
  readonly #broken = new Map<string, readonly string[]>();
  #toldWhyNot = "";

  constructor(parts: TypeWatchParts) {
    this.#parts = parts;
  }

  /** Something that handlers are made of was saved. */
  applied({ revisions, failures }: Batch): void {
    for (const { file } of revisions) this.#broken.delete(file);
    for (const { file, problems } of failures) this.#broken.set(file, [file, ...problems.map((one) => one.file)]);
    this.#running.abort();
    const running = new AbortController();
    this.#running = running;
    // One at a time: two would only make each other slow.
    this.#ended = this.#ended.then(() => this.#check(running.signal));
  }

  /** Resolves when nothing runs any more. */
  get idle(): Promise<void> {
    return this.#ended;
  }

  async close(): Promise<void> {
    this.#running.abort();
    await this.idle;
  }

  async #check(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    try {
      const result = await this.#parts.check(signal);
      if (!signal.aborted) await this.#tell(result);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async #tell(result: TypeCheck): Promise<void> {
    const { logger } = this.#parts;
    if (result.type !== "checked") {
      const reason = result.type === "failed" ? result.reason : NO_COMPILER;
      if (this.#toldWhyNot !== reason) logger.info("types not checked", { reason });
      this.#toldWhyNot = reason;
      return;
    }
    const before = new Set(this.#known.map(identity));
    const broken = new Set([...this.#broken.values()].flat());
    const now = result.findings.filter(({ file }) => !broken.has(file));
    const unknown = this.#known.filter(({ file }) => broken.has(file));
    const fresh = now.filter((finding) => !before.has(identity(finding)));
    this.#known = [...now, ...unknown];
    if (this.#known.length === 0 && before.size > 0) logger.info("types mended");
    for (const finding of fresh.slice(0, SHOWN_FINDINGS)) await this.#tellFinding(finding);
    const others = fresh.slice(SHOWN_FINDINGS);
    if (others.length > 0) logger.warn("more type errors", { count: others.length });
  }

  async #tellFinding({ file, line, column, code, message, details }: TypeFinding): Promise<void> {
    const { logger, directory } = this.#parts;
    const source = await readFile(join(directory, file), "utf8").catch(() => "");
    const frame = codeFrame(source, { line, column });
    const shown = { ...(details !== "" && { details }), ...(frame !== "" && { frame }) };
    logger.warn("type error", { file, line, column, code, reason: message, ...shown });
  }
}

const NO_COMPILER = `the handlers have no TypeScript: run "npm install --save-dev typescript" beside them`;

/** Lines above may come and go. */
function identity({ file, code, message, details }: TypeFinding): string {
  return [file, code, message, details].join("\n");
}
