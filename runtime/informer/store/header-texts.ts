/** Reads the two parts of an object's header that are more than one string. What is damaged or of a wrong type counts as absent. */
import type { Labels } from "#resources/raw-object.ts";

/** @param text the JSON of `metadata.labels`, or `""` */
export function readLabels(text: string): Labels {
  const strings = Object.entries(record(parse(text))).filter(isStringEntry);
  // fromEntries makes own properties of all keys, `__proto__` included.
  return Object.freeze(Object.fromEntries(strings));
}

/** @param text the JSON of `metadata.ownerReferences`, or `""` */
export function readOwnerUids(text: string): readonly string[] {
  const owners = parse(text);
  const uids = Array.isArray(owners) ? owners.map((owner) => record(owner)["uid"]) : [];
  return Object.freeze(uids.filter((uid) => typeof uid === "string"));
}

/** The scan does not validate what it steps over; whoever parses the whole object is told of the damage. */
function parse(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isStringEntry(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === "string";
}
