import type { ListOptions, WatchOptions } from "../../../operations/api-operations.ts";
import type { QueryReader } from "./query-reader.ts";
import { forbidden, notSupported, type FieldCause } from "../../../schema/field-causes.ts";
import { invalidOptions } from "../request-errors.ts";

const SECOND_MS = 1000;

/** Throws 400 or 422 for what the API machinery's ListOptions forbid. */
export function listOptions(query: QueryReader): ListOptions {
  const limit = query.integer("limit") ?? 0;
  query.integer("timeoutSeconds");
  check(listFaults(query));
  return { ...selection(query), limit: Math.max(0, limit), continueToken: query.text("continue") };
}

export function watchOptions(query: QueryReader): WatchOptions {
  const timeoutSeconds = query.integer("timeoutSeconds") ?? 0;
  query.integer("limit");
  check(watchFaults(query));
  const options = selection(query);
  const allowBookmarks = query.truth("allowWatchBookmarks");
  const timeoutMs = timeoutSeconds > 0 ? timeoutSeconds * SECOND_MS : undefined;
  if (!query.has("sendInitialEvents") && allowBookmarks && isFromTheStart(options)) {
    return { ...options, resourceVersionMatch: "NotOlderThan", allowBookmarks, sendInitialEvents: true, timeoutMs };
  }
  return { ...options, allowBookmarks, sendInitialEvents: query.truth("sendInitialEvents"), timeoutMs };
}

type Selection = Pick<ListOptions, "labelSelector" | "fieldSelector" | "resourceVersion" | "resourceVersionMatch">;

/** Such watches have always begun with everything; the real server now says where that ends, too. */
function isFromTheStart({ resourceVersion, resourceVersionMatch }: Selection): boolean {
  return (resourceVersion === "" || resourceVersion === "0") && resourceVersionMatch === "";
}

function selection(query: QueryReader): Selection {
  return {
    labelSelector: query.text("labelSelector"),
    fieldSelector: query.text("fieldSelector"),
    resourceVersion: query.text("resourceVersion"),
    resourceVersionMatch: query.text("resourceVersionMatch"),
  };
}

function check(faults: readonly FieldCause[]): void {
  if (faults.length > 0) throw invalidOptions("ListOptions", faults);
}

const MATCH = "resourceVersionMatch";

function listFaults(query: QueryReader): FieldCause[] {
  const version = query.text("resourceVersion");
  const match = query.text(MATCH);
  const faults: FieldCause[] = [];
  if (match !== "") {
    if (version === "") faults.push(forbidden(MATCH, `${MATCH} is forbidden unless resourceVersion is provided`));
    if (query.text("continue") !== "") faults.push(forbidden(MATCH, `${MATCH} is forbidden when continue is provided`));
    if (match !== "Exact" && match !== "NotOlderThan")
      faults.push(notSupported(MATCH, match, ["Exact", "NotOlderThan", ""]));
    if (match === "Exact" && version === "0") {
      faults.push(forbidden(MATCH, `${MATCH} "exact" is forbidden for resourceVersion "0"`));
    }
  }
  if (query.has(INITIAL)) faults.push(forbidden(INITIAL, `${INITIAL} is forbidden for list`));
  return faults;
}

const INITIAL = "sendInitialEvents";

function watchFaults(query: QueryReader): FieldCause[] {
  const match = query.text(MATCH);
  const faults: FieldCause[] = [];
  if (query.has(INITIAL)) {
    if (match !== "NotOlderThan") faults.push(forbidden(MATCH, `${INITIAL} requires setting ${MATCH} to NotOlderThan`));
  } else if (match !== "") {
    faults.push(forbidden(MATCH, `${MATCH} is forbidden for watch unless ${INITIAL} is provided`));
  }
  if (match !== "" && match !== "NotOlderThan") faults.push(notSupported(MATCH, match, ["NotOlderThan"]));
  if (query.text("continue") !== "") faults.push(forbidden(MATCH, `${MATCH} is forbidden when continue is provided`));
  return faults;
}
