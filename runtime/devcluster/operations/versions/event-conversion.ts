import { withMembers, type ApiObject } from "../../api-object.ts";
import { renamed, type Conversion } from "./conversion.ts";

/** Names in `events.k8s.io/v1`, and in the core group, where events are stored. */
const CORE_NAMES: Readonly<Record<string, string>> = {
  regarding: "involvedObject",
  note: "message",
  reportingController: "reportingComponent",
  deprecatedSource: "source",
  deprecatedFirstTimestamp: "firstTimestamp",
  deprecatedLastTimestamp: "lastTimestamp",
  deprecatedCount: "count",
};

const NEW_NAMES = Object.fromEntries(Object.entries(CORE_NAMES).map(([name, core]) => [core, name]));

/** Members that the core version shows always. */
const ALWAYS = {
  source: {},
  firstTimestamp: null,
  lastTimestamp: null,
  eventTime: null,
  reportingComponent: "",
  reportingInstance: "",
};

export const eventConversion: Conversion = {
  toStored: (event) => ({ ...ALWAYS, ...renamed(event, NEW_NAMES), apiVersion: "v1" }),
  toServed: (event) => ({ ...withoutEmptyReporter(renamed(event, CORE_NAMES)), apiVersion: "events.k8s.io/v1" }),
};

function withoutEmptyReporter(event: ApiObject): ApiObject {
  const empty = ["reportingController", "reportingInstance"].filter((member) => event[member] === "");
  return withMembers(event, Object.fromEntries(empty.map((member) => [member, undefined])));
}
