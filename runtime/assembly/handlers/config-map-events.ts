/**
 * Tells whoever looks at a ConfigMap what became of the handlers in it. The map itself is never written to. A message holds
 * nothing that a running handler wrote.
 */
import type { EventRecorder, ObjectReference } from "#kubernetes/event-recorder.ts";
import type { Batch } from "#loader/revision.ts";
import type { SupervisorObserver } from "#supervisor/observer.ts";

/** The ConfigMap that a file, or a handler by its id, comes from or came from; `undefined` if there is none. */
export type ReferenceTo = (fileOrHandler: string) => ObjectReference | undefined;

/** A message stays readable. */
const NAMES_SHOWN = 10;

export class ConfigMapEvents {
  readonly #recorder: EventRecorder;
  readonly #referenceTo: ReferenceTo;
  /** What was told as refused, by handler: it is tried again and again. */
  readonly #refused = new Map<string, string>();

  constructor(recorder: EventRecorder, referenceTo: ReferenceTo) {
    this.#recorder = recorder;
    this.#referenceTo = referenceTo;
  }

  get supervisorObserver(): Partial<SupervisorObserver> {
    return {
      refused: ({ handler, id, file }, { at }, serving) => {
        if (this.#refused.get(handler) === id) return;
        this.#refused.set(handler, id);
        const place = at ? `${at.file}:${at.line}:${at.column}` : file;
        const message = `${place} Handler "${handler}" does not start${stillServes(serving)}. The log's "handler refused" says why`;
        this.#tell("Warning", "HandlerRefused", handler, message);
      },
      live: ({ handler }) => void this.#refused.delete(handler),
      removed: (handler) => void this.#refused.delete(handler),
      renamed: (from) => void this.#refused.delete(from),
    };
  }

  /** Call it behind each batch. */
  applied({ revisions, renamed, removed, failures, conflicts, restored = [] }: Batch): void {
    const loaded = [...revisions, ...renamed.map(({ to }) => to)].filter(({ handler }) => !restored.includes(handler));
    const revisionOf = new Map(loaded.map(({ handler, id }) => [handler, id]));
    this.#tellOfMany("HandlersLoaded", [...revisionOf.keys()], (names) => {
      const text = listOf(names, (name) => `"${name}" (${revisionOf.get(name) ?? ""})`);
      return `Loaded ${text}`;
    });
    const gone = [...removed, ...renamed.map(({ from }) => from)];
    this.#tellOfMany("HandlersRemoved", gone, (names) => `Removed ${listOf(names)}`);
    for (const { file, handlers, problems } of failures) {
      const [{ line, column, reason, ...problem } = { file, line: 1, column: 1, reason: "unknown" }] = problems;
      const message = `${problem.file}:${line}:${column} ${reason}${stillServes(handlers.length > 0)}`;
      this.#tell("Warning", "HandlerBuildFailed", file, message);
    }
    for (const { handler, files } of conflicts) {
      const message = `${listOf(files)} have one id, "${handler}": rename one of them`;
      this.#tell("Warning", "HandlerConflict", files[0] ?? "", message);
    }
  }

  #tellOfMany(reason: string, handlers: readonly string[], textOf: (names: readonly string[]) => string): void {
    for (const [, names] of Map.groupBy(handlers, (handler) => this.#referenceTo(handler)?.name)) {
      this.#tell("Normal", reason, names[0] ?? "", textOf(names));
    }
  }

  #tell(type: "Normal" | "Warning", reason: string, named: string, message: string): void {
    const regarding = this.#referenceTo(named);
    if (regarding) this.#recorder.record({ regarding, type, reason, message });
  }
}

function stillServes(serving: boolean): string {
  return serving ? "; what loaded last still runs" : "";
}

function listOf(names: readonly string[], shownAs = (name: string): string => `"${name}"`): string {
  const shown = names.slice(0, NAMES_SHOWN).map(shownAs);
  return [...shown, ...(names.length > NAMES_SHOWN ? [`${names.length - NAMES_SHOWN} more`] : [])].join(", ");
}
