import { fieldOf, isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { StatusError } from "../api-status.ts";
import type { Ending, Fault, FaultRule } from "./fault.ts";

type MemberType = "text" | "count" | "flag" | "ending" | "verb";

const ENDINGS: readonly Ending[] = ["end", "hangUp", "reset", "silence"];
const VERBS: readonly string[] = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];
const CHOICES: Readonly<Record<string, readonly string[]>> = { ending: ENDINGS, verb: VERBS };

/** What each fault takes; a question mark: it may be left out. */
const FAULTS: Readonly<Record<Fault["type"], Readonly<Record<string, MemberType | `${MemberType}?`>>>> = {
  status: { code: "count", reason: "text?", message: "text?", retryAfterSeconds: "count?" },
  delay: { ms: "count" },
  hangUp: { reset: "flag?" },
  stall: {},
  cut: { bytes: "count", how: "ending" },
  drip: { bytesPerSecond: "count" },
  split: { bytes: "count" },
  stop: { how: "ending", midLine: "flag?", afterEvents: "count?" },
  error: { code: "count", reason: "text", message: "text", afterEvents: "count?" },
  line: { text: "text", afterEvents: "count?" },
  skip: { afterEvents: "count?" },
  duplicate: { afterEvents: "count?" },
  backwards: { afterEvents: "count?" },
  noNewline: { afterEvents: "count?" },
  crlf: { afterEvents: "count?" },
  bookmarksOnly: { afterEvents: "count?" },
  noInitialEventsEnd: { afterEvents: "count?" },
  bookmarkAhead: { revisions: "count", afterEvents: "count?" },
};

const MATCH: Readonly<Record<string, "text?" | "verb?">> = {
  verb: "verb?",
  resource: "text?",
  path: "text?",
  userAgent: "text?",
};

/** A rule that came as JSON. Throws 400 that says what is wrong with it. */
export function readFaultRule(value: unknown): FaultRule {
  checkRule(value);
  return value;
}

function checkRule(value: unknown): asserts value is FaultRule {
  if (!isRecord(value)) throw refused("it is no object");
  const { match = {}, after, times } = value;
  checkMembers(value, { match: undefined, after: undefined, times: undefined, fault: undefined }, "the rule");
  checkTyped(match, MATCH, "match");
  if (after !== undefined && !isCount(after)) throw refused(`after takes a count, not ${JSON.stringify(after)}`);
  if (times !== undefined && times !== "always" && !isCount(times))
    throw refused(`times takes a count or "always", not ${JSON.stringify(times)}`);
  const fault = fieldOf(value, "fault");
  const type = textOf(fault, "type") ?? "";
  if (!isFaultType(type)) throw refused(`fault.type takes one of ${Object.keys(FAULTS).join(", ")}, not "${type}"`);
  const { type: _type, ...members } = isRecord(fault) ? fault : {};
  checkTyped(members, FAULTS[type], `fault of type ${type}`);
}

function isFaultType(type: string): type is Fault["type"] {
  return Object.hasOwn(FAULTS, type);
}

function checkTyped(value: unknown, types: Readonly<Record<string, string>>, what: string): void {
  if (!isRecord(value)) throw refused(`${what} is no object`);
  checkMembers(value, types, what);
  for (const [name, type] of Object.entries(types)) {
    const isOptional = type.endsWith("?");
    const member = value[name];
    if (member === undefined ? !isOptional : !fits(member, type.replace("?", "")))
      throw refused(
        `${what} takes ${name} as ${described(type.replace("?", ""))}, not ${JSON.stringify(member) ?? "nothing"}`,
      );
  }
}

function checkMembers(value: JsonRecord, known: Readonly<Record<string, unknown>>, what: string): void {
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(known, name));
  if (unknown === undefined) return;
  throw refused(`${what} has no "${unknown}"; it takes ${Object.keys(known).join(", ") || "nothing"}`);
}

function described(type: string): string {
  const choices = CHOICES[type];
  return choices ? `one of ${choices.join(", ")}` : `a ${type}`;
}

function fits(value: unknown, type: string): boolean {
  if (type === "count") return isCount(value);
  if (type === "flag") return typeof value === "boolean";
  return typeof value === "string" && (CHOICES[type]?.includes(value) ?? true);
}

function isCount(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

function refused(fact: string): StatusError {
  return new StatusError(400, "BadRequest", `Cannot plan the fault: ${fact}`);
}
