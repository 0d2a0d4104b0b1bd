import type { JsonRecord } from "#kernel/json-value.ts";
import type { WatchEvent } from "../../operations/api-operations.ts";
import { eventDocument, type DocumentForm } from "./object-documents.ts";

/** Watch events as lines of JSON. An event that many watchers take in the same form is written once. */
export class EventLines {
  readonly #forms = new Map<string, WeakMap<WatchEvent, Buffer>>();

  line(event: WatchEvent, form: DocumentForm, first: boolean): Buffer {
    const lines = this.#linesOf(form, first);
    const known = lines.get(event);
    if (known) return known;
    const line = Buffer.from(`${JSON.stringify(eventValue(event, form, first))}\n`);
    lines.set(event, line);
    return line;
  }

  #linesOf({ as, apiVersion, include }: DocumentForm, first: boolean): WeakMap<WatchEvent, Buffer> {
    const key = as === "object" ? as : `${as} ${apiVersion} ${include} ${first}`;
    const lines = this.#forms.get(key) ?? new WeakMap<WatchEvent, Buffer>();
    this.#forms.set(key, lines);
    return lines;
  }
}

function eventValue(event: WatchEvent, form: DocumentForm, first: boolean): JsonRecord {
  const { type } = event;
  if (type === "ERROR") return { type, object: event.object };
  return { type, object: eventDocument(event.object, form, first) };
}
