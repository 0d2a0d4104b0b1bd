import type { RawObject } from "#resources/raw-object.ts";
import { anyPathChanged } from "./changed-paths.ts";
import type { DispatchOptions } from "./dispatch-options.ts";
import type { EventType } from "./ports.ts";

const GENERATION = ["metadata.generation"];

/** Whether an event type, or rather this update, runs the handler. Otherwise the difference is finished silently. */
export function listensTo(
  { events, changed, generationChanged }: DispatchOptions,
  type: EventType,
  old: RawObject | undefined,
  object: RawObject,
): boolean {
  if (!events.includes(type)) return false;
  if (type !== "updated" || old === undefined) return true;
  return (
    (changed.length === 0 || anyPathChanged(changed, old, object)) &&
    (!generationChanged || anyPathChanged(GENERATION, old, object))
  );
}

/** Whether `listensTo` reads the objects' bytes. */
export function readsBytes({ changed, generationChanged }: DispatchOptions, type: EventType): boolean {
  return type === "updated" && (generationChanged || changed.length > 0);
}

/** How a handler is told about an unchanged object (requeue, resync). `undefined`: it listens to neither. */
export function repeatType({ events }: DispatchOptions): EventType | undefined {
  return events.includes("updated") ? "updated" : events.find((type) => type === "added");
}
