/** Which objects the handler is for. */
import type { EventType } from "../events.ts";
import type { ResolvedOptions } from "../resolved-options.ts";
import { type OptionReader, type OptionRecord, oneOf } from "./option-reader.ts";
import { LABEL_SELECTOR, matching, NAMESPACE, OBJECT_NAME } from "./text-rules.ts";

type Scope = Pick<
  ResolvedOptions,
  "events" | "namespaces" | "labelSelector" | "names" | "fieldSelector" | "pushDown" | "everything"
>;

const EVENT_TYPES: readonly EventType[] = ["added", "updated", "deleted", "unselected"];
const DEFAULT_EVENTS: readonly EventType[] = ["added", "updated", "deleted"];

const FIELD_SELECTOR = matching(
  /^[^\s=!,]+(?:==?|!=)[^=,]*(?:,[^\s=!,]+(?:==?|!=)[^=,]*)*$/,
  `a field selector such as "spec.nodeName=worker-1,status.phase!=Failed"`,
);

export function resolveScope(
  reader: OptionReader,
  options: OptionRecord,
  resource: string,
  defaultEvents = DEFAULT_EVENTS,
): Scope {
  const scope: Scope = {
    events: readEvents(reader, options.events) ?? defaultEvents,
    namespaces: reader.texts("namespaces", options.namespaces, NAMESPACE)?.toSorted(),
    labelSelector: reader.text("labelSelector", options.labelSelector, LABEL_SELECTOR),
    names: reader.texts("names", options.names, OBJECT_NAME) ?? [],
    fieldSelector: reader.text("fieldSelector", options.fieldSelector, FIELD_SELECTOR),
    pushDown: reader.flag("pushDown", options.pushDown),
    everything: reader.flag("everything", options.everything),
  };
  if (scope.pushDown && scope.labelSelector.trim() === "") {
    reader.report("pushDown", `there is no "labelSelector" that the API server could apply; add one`);
  }
  if (needsFilter(resource) && !scope.everything && !isFiltered(scope)) {
    reader.report("everything", unfiltered(resource));
  }
  return scope;
}

function readEvents(reader: OptionReader, value: unknown): readonly EventType[] | undefined {
  const items = reader.items("events", value, oneOf(EVENT_TYPES));
  return items?.flatMap((item, index) => reader.choice(`events[${index}]`, item ?? null, EVENT_TYPES) ?? []);
}

/** Kinds that are secret, or that change all the time in every cluster. */
const NEED_FILTER: Readonly<Record<string, readonly string[]>> = {
  "": ["secrets", "secret", "events", "event", "ev"],
  "coordination.k8s.io": ["leases", "lease"],
  "events.k8s.io": ["events", "event", "ev"],
};
const VERSION = /^v\d+(?:(?:alpha|beta)\d+)?(?:\.|$)/;

/** Whether a handler on it has to say which ones it wants. */
export function needsFilter(resource: string): boolean {
  const [type = "", ...rest] = resource.toLowerCase().split(".");
  const group = rest.join(".").replace(VERSION, "");
  const groups = group === "" ? Object.keys(NEED_FILTER) : [group];
  return groups.some((group) => NEED_FILTER[group]?.includes(type));
}

function isFiltered({ names, namespaces, labelSelector, fieldSelector }: Scope): boolean {
  return names.length > 0 || namespaces !== undefined || labelSelector.trim() !== "" || fieldSelector !== "";
}

function unfiltered(resource: string): string {
  return (
    `a handler on "${resource}" would get every one in the cluster; ` +
    `add "names", "namespaces", "labelSelector" or "fieldSelector", or say everything: true`
  );
}
