import type { Batch, Problem } from "#loader/revision.ts";

interface Failure {
  readonly files: readonly string[];
  readonly handlers: readonly string[];
  readonly reason: string;
}

/** Which handlers' last save does not load, and why. */
export class FileFailures {
  #failures: readonly Failure[] = [];

  /** Takes what a batch tells: a file is broken until it loads again or is gone. */
  applied({ revisions, renamed, removed, failures, conflicts, gone = [] }: Batch): void {
    const loaded = [...revisions, ...renamed.map(({ to }) => to)];
    const files = new Set([...loaded.map(({ file }) => file), ...failures.map(({ file }) => file), ...gone]);
    const handlers = new Set([...loaded.map(({ handler }) => handler), ...removed]);
    const before = this.#failures.filter(
      (one) => !one.files.some((file) => files.has(file)) && !one.handlers.some((handler) => handlers.has(handler)),
    );
    this.#failures = [
      ...before,
      ...failures.map(({ file, handlers, problems: [problem] }) => ({
        files: [file],
        handlers: handlersOf(file, handlers),
        reason: problem ? placed(problem) : `${file}: unknown`,
      })),
      ...conflicts.map(({ handler, files }) => ({
        files,
        handlers: [handler],
        reason: `${files.join(" and ")} have one id: rename one of them, or give its handler a name`,
      })),
    ];
  }

  /** By handler. */
  get reasons(): ReadonlyMap<string, string> {
    return new Map(
      this.#failures.flatMap(({ handlers, reason }) => handlers.map((handler) => [handler, reason] as const)),
    );
  }
}

/** The ids of a file that has never loaded are not known: it has one at least. */
export function handlersOf(file: string, known: readonly string[]): readonly string[] {
  return known.length > 0 ? known : [file.replace(/\.[^.]+$/, "")];
}

function placed({ file, line, column, reason }: Problem): string {
  return `${file}:${line}:${column} ${reason}`;
}
