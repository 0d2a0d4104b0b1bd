import { type FieldPath, parseFieldPath } from "#resources/field-path.ts";
import type { RawObject } from "#resources/raw-object.ts";
import { anyPathChanged } from "./changed-paths.ts";
import type { DispatchOptions } from "./dispatch-options.ts";
import type { EventType } from "./ports.ts";

/** Which differences run a handler. All others are finished silently. */
export interface Interest {
  listensTo(type: EventType, old: RawObject | undefined, object: RawObject): boolean;
  /** Whether `listensTo` reads the objects' bytes. */
  readsBytes(type: EventType): boolean;
  /** How the handler is told about an unchanged object (requeue, resync). `undefined`: it listens to neither. */
  readonly repeatType: EventType | undefined;
}

export function createInterest({ events, changed, generationChanged }: DispatchOptions): Interest {
  const conditions: (readonly FieldPath[])[] = [];
  if (changed.length > 0) conditions.push(changed.map(parseFieldPath));
  if (generationChanged) conditions.push([["metadata", "generation"]]);
  const readsBytes = (type: EventType): boolean => type === "updated" && conditions.length > 0;
  return {
    listensTo(type, old, object) {
      if (!events.includes(type)) return false;
      if (old === undefined || !readsBytes(type)) return true;
      return conditions.every((paths) => anyPathChanged(paths, old, object));
    },
    readsBytes,
    repeatType: events.includes("updated") ? "updated" : events.find((type) => type === "added"),
  };
}
