import { field, NAME, text, wide, type Cell, type Column } from "../column.ts";
import { ageOf } from "../cells/human-duration.ts";
import { fieldAt, hasAt, numberAt, textAt } from "../cells/object-fields.ts";

/** Of events in the core group, and of the same objects in `events.k8s.io`, where some fields have other names. */
export const EVENTS: readonly Column[] = eventColumns({
  object: "involvedObject",
  message: "message",
  source: "source",
  firstTime: "firstTimestamp",
  lastTime: "lastTimestamp",
  count: "count",
  controller: "reportingComponent",
});

export const EVENTS_OF_OWN_GROUP: readonly Column[] = eventColumns({
  object: "regarding",
  message: "note",
  source: "deprecatedSource",
  firstTime: "deprecatedFirstTimestamp",
  lastTime: "deprecatedLastTimestamp",
  count: "deprecatedCount",
  controller: "reportingController",
});

interface FieldNames {
  readonly object: string;
  readonly message: string;
  readonly source: string;
  readonly firstTime: string;
  readonly lastTime: string;
  readonly count: string;
  readonly controller: string;
}

function eventColumns(names: FieldNames): readonly Column[] {
  const firstSeen: Cell = (event, now) => ageOf(textAt(event, names.firstTime) || textAt(event, "eventTime"), now);
  return [
    text("Last Seen", (event, now) => {
      if (hasAt(event, "series")) return ageOf(textAt(event, "series.lastObservedTime"), now);
      const last = textAt(event, names.lastTime);
      return last === "" ? firstSeen(event, now) : ageOf(last, now);
    }),
    text("Type", field("type")),
    text("Reason", field("reason")),
    text("Object", (event) => {
      const { kind, name } = {
        kind: textAt(event, `${names.object}.kind`),
        name: textAt(event, `${names.object}.name`),
      };
      return name === "" ? kind.toLowerCase() : `${kind.toLowerCase()}/${name}`;
    }),
    wide(text("Subobject", field(`${names.object}.fieldPath`))),
    wide(text("Source", sourceText(names))),
    text("Message", (event) => textAt(event, names.message).trim()),
    wide(text("First Seen", firstSeen)),
    wide(text("Count", (event) => countOf(event, names))),
    wide(NAME),
  ];
}

function sourceText(names: FieldNames): Cell {
  return (event) => {
    const source = fieldAt(event, names.source);
    const component = textAt(source, "component") || textAt(event, names.controller);
    const host = textAt(source, "host") || textAt(event, "reportingInstance");
    return host === "" ? component : `${component}, ${host}`;
  };
}

/** Events of the newer API that happened once carry no count. */
function countOf(event: unknown, names: FieldNames): number {
  if (hasAt(event, "series")) return numberAt(event, "series.count");
  return numberAt(event, names.count) || 1;
}
