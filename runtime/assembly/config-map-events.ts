/** Tells whoever looks at a ConfigMap what became of the handlers in it. The map itself is never written to. */
import type { EventRecorder, ObjectReference } from "#kubernetes/event-recorder.ts";
import type { Batch } from "#loader/revision.ts";

/** The ConfigMap that a file, or a handler by its id, comes from; `undefined` if it is gone. */
export type ReferenceTo = (fileOrHandler: string) => ObjectReference | undefined;

/** A message stays readable. */
const NAMES_SHOWN = 10;

/** Call the result behind each batch. */
export function configMapEvents(recorder: EventRecorder, referenceTo: ReferenceTo): (batch: Batch) => void {
  const tell = (type: "Normal" | "Warning", reason: string, named: string, message: string): void => {
    const regarding = referenceTo(named);
    if (regarding) recorder.record({ regarding, type, reason, message });
  };
  const tellOfMany = (reason: string, verb: string, handlers: readonly string[]): void => {
    for (const [, names] of Map.groupBy(handlers, (handler) => referenceTo(handler)?.name)) {
      tell("Normal", reason, names[0] ?? "", `${verb} ${listOf(names)}`);
    }
  };
  return ({ revisions, renamed, removed, failures, conflicts, restored = [] }) => {
    const loaded = [...revisions, ...renamed.map(({ to }) => to)].map(({ handler }) => handler);
    tellOfMany(
      "HandlersLoaded",
      "Loaded",
      loaded.filter((handler) => !restored.includes(handler)),
    );
    tellOfMany("HandlersRemoved", "Removed", removed);
    for (const { file, handlers, problems } of failures) {
      const [{ line, column, reason } = { line: 1, column: 1, reason: "unknown" }] = problems;
      const rest = handlers.length > 0 ? "; what loaded last still runs" : "";
      tell("Warning", "HandlerBuildFailed", file, `${file}:${line}:${column} ${reason}${rest}`);
    }
    for (const { handler, files } of conflicts) {
      tell(
        "Warning",
        "HandlerIdTaken",
        files[0] ?? "",
        `${listOf(files)} have one id, "${handler}": rename one of them`,
      );
    }
  };
}

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN).map((name) => `"${name}"`);
  return [...shown, ...(names.length > NAMES_SHOWN ? [`${names.length - NAMES_SHOWN} more`] : [])].join(", ");
}
