/** Which updates run. */
import type { EventType } from "../events.ts";
import type { ResolvedOptions } from "../resolved-options.ts";
import type { OptionReader, OptionRecord } from "./option-reader.ts";
import { FIELD_PATH } from "./text-rules.ts";

type Filters = Pick<ResolvedOptions, "changed" | "generationChanged" | "when">;

export function resolveFilters(reader: OptionReader, options: OptionRecord, events: readonly EventType[]): Filters {
  const filters: Filters = {
    changed: reader.texts("changed", options.changed, FIELD_PATH) ?? [],
    generationChanged: reader.flag("generationChanged", options.generationChanged),
    when: readWhen(reader, options.when),
  };
  if (!events.includes("updated")) {
    if (filters.changed.length > 0) reader.report("changed", NO_UPDATES);
    if (filters.generationChanged) reader.report("generationChanged", NO_UPDATES);
  }
  return filters;
}

const NO_UPDATES = `it chooses among updates, but "events" does not name "updated"; add it there or remove this option`;

/** A function arrives as `true` where the options crossed a process boundary as JSON. */
function readWhen(reader: OptionReader, value: unknown): boolean {
  if (value === undefined) return false;
  if (value === true || typeof value === "function") return true;
  reader.refuse("when", value, "a function of the event");
  return false;
}
