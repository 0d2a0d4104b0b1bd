import { Counter, type Registry } from "prom-client";

/** What came of a newer revision of a handler. */
export type ReloadResult =
  /** It serves. */
  | "live"
  /** It is what serves already. */
  | "unchanged"
  /** Its process does not come up. */
  | "refused"
  /** It does not load. */
  | "broken";

const RESULTS: readonly ReloadResult[] = ["live", "unchanged", "refused", "broken"];

/** Somebody may save files under ever new names. */
const MAX_FILES = 100;
const OTHER_FILES = "(other)";

/** What is counted of loads and reloads. */
export class LoadMetrics {
  readonly #reloads: Counter<"handler" | "result">;
  readonly #buildFailures: Counter<"file">;
  readonly #files = new Set<string>();

  constructor(registry: Registry) {
    this.#reloads = new Counter({
      name: "informd_handler_reloads_total",
      help: "Newer revisions of a handler, by what came of them. Its first one counts only if it failed.",
      labelNames: ["handler", "result"],
      registers: [registry],
    });
    this.#buildFailures = new Counter({
      name: "informd_handler_build_failures_total",
      help: `Saves of a file that do not load. Beyond ${MAX_FILES} files they count for "${OTHER_FILES}".`,
      labelNames: ["file"],
      registers: [registry],
    });
  }

  addHandler(handler: string): void {
    for (const result of RESULTS) this.#reloads.inc({ handler, result }, 0);
  }

  removeHandler(handler: string): void {
    for (const result of RESULTS) this.#reloads.remove({ handler, result });
  }

  reloaded(handler: string, result: ReloadResult): void {
    this.#reloads.inc({ handler, result });
  }

  buildFailed(file: string): void {
    if (this.#files.size < MAX_FILES) this.#files.add(file);
    this.#buildFailures.inc({ file: this.#files.has(file) ? file : OTHER_FILES });
  }

  removeFile(file: string): void {
    if (this.#files.delete(file)) this.#buildFailures.remove({ file });
  }
}
