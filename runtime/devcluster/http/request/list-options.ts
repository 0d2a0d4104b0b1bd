import type { ListOptions, WatchOptions } from "../../operations/api-operations.ts";
import type { QueryReader } from "./query-reader.ts";
import { invalidOptions, type OptionFault } from "./request-errors.ts";

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
  return {
    ...options,
    allowBookmarks,
    sendInitialEvents: query.truth("sendInitialEvents"),
    timeoutMs: timeoutSeconds > 0 ? timeoutSeconds * SECOND_MS : undefined,
  };
}

function selection(
  query: QueryReader,
): Pick<ListOptions, "labelSelector" | "fieldSelector" | "resourceVersion" | "resourceVersionMatch"> {
  return {
    labelSelector: query.text("labelSelector"),
    fieldSelector: query.text("fieldSelector"),
    resourceVersion: query.text("resourceVersion"),
    resourceVersionMatch: query.text("resourceVersionMatch"),
  };
}

function check(faults: readonly OptionFault[]): void {
  if (faults.length > 0) throw invalidOptions("ListOptions", faults);
}

function listFaults(query: QueryReader): OptionFault[] {
  const faults: OptionFault[] = [];
  const version = query.text("resourceVersion");
  const match = query.text("resourceVersionMatch");
  if (query.has("sendInitialEvents"))
    faults.push(forbiddenField("sendInitialEvents", "sendInitialEvents is forbidden for list"));
  if (match === "") return faults;
  if (version === "") {
    faults.push(
      forbiddenField("resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided"),
    );
  }
  if (query.text("continue") !== "") {
    faults.push(forbiddenField("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided"));
  }
  if (match !== "Exact" && match !== "NotOlderThan") {
    faults.push(unsupported("resourceVersionMatch", `"${match}"`, ["Exact", "NotOlderThan", ""]));
  }
  if (match === "Exact" && version === "0") {
    faults.push(
      forbiddenField("resourceVersionMatch", 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'),
    );
  }
  return faults;
}

function watchFaults(query: QueryReader): OptionFault[] {
  const faults: OptionFault[] = [];
  const match = query.text("resourceVersionMatch");
  if (query.has("sendInitialEvents")) {
    if (match !== "NotOlderThan") {
      faults.push(
        forbiddenField(
          "resourceVersionMatch",
          "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan",
        ),
      );
    }
    return faults;
  }
  if (match === "") return faults;
  faults.push(
    forbiddenField(
      "resourceVersionMatch",
      "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided",
    ),
  );
  if (match !== "NotOlderThan") faults.push(unsupported("resourceVersionMatch", `"${match}"`, ["NotOlderThan"]));
  return faults;
}

function forbiddenField(field: string, reason: string): OptionFault {
  return { field, reason: "FieldValueForbidden", message: `Forbidden: ${reason}` };
}

function unsupported(field: string, value: string, supported: readonly string[]): OptionFault {
  const list = supported.map((one) => `"${one}"`).join(", ");
  return { field, reason: "FieldValueNotSupported", message: `Unsupported value: ${value}: supported values: ${list}` };
}
