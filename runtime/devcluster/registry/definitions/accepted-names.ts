import { elementsOf, fieldOf, textOf, textsOf, type JsonRecord } from "#kernel/json-value.ts";
import { recordAt } from "../../record-at.ts";

/** What the server's controllers write into the status of a CustomResourceDefinition. */
export interface AcceptedStatus {
  readonly conditions: readonly JsonRecord[];
  readonly acceptedNames: JsonRecord;
  readonly storedVersions: readonly string[];
}

/**
 * The status of a CustomResourceDefinition whose names have been looked at: it is served once it is `Established`.
 * @param others definitions of the same cluster; what those of the same group have been given is taken
 * @param time of conditions that change, RFC 3339
 */
export function acceptedConditions(
  definition: JsonRecord,
  others: readonly JsonRecord[],
  time: string,
): AcceptedStatus {
  const wanted = recordAt(definition, "spec", "names");
  const group = textOf(recordAt(definition, "spec"), "group");
  const taken = others
    .filter((other) => textOf(recordAt(other, "spec"), "group") === group && nameOf(other) !== nameOf(definition))
    .map((other) => recordAt(other, "status", "acceptedNames"));
  const { accepted, conflict } = acceptNames(wanted, recordAt(definition, "status", "acceptedNames"), taken);
  const conditions = [namesCondition(conflict), establishedCondition(definition, conflict)];
  return {
    conditions: conditions.map((condition) => withTime(definition, condition, time)),
    acceptedNames: accepted,
    storedVersions: storedVersions(definition),
  };
}

/** Those in which objects have been stored, with the one in which they are stored now. */
export function storedVersions(definition: JsonRecord): readonly string[] {
  const earlier = textsOf(recordAt(definition, "status"), "storedVersions");
  const versions = elementsOf(recordAt(definition, "spec"), "versions");
  const now = textOf(
    versions.find((version) => fieldOf(version, "storage") === true),
    "name",
  );
  return now === undefined || earlier.includes(now) ? earlier : [...earlier, now];
}

interface Conflict {
  readonly reason: string;
  readonly name: string;
}

interface Names {
  readonly accepted: JsonRecord;
  readonly conflict: Conflict | undefined;
}

/** Names that are taken leave what was accepted before. The last conflict is told. */
function acceptNames(wanted: JsonRecord, before: JsonRecord, taken: readonly JsonRecord[]): Names {
  const resources = new Set(
    taken.flatMap((names) => [textOf(names, "plural"), textOf(names, "singular"), ...textsOf(names, "shortNames")]),
  );
  const kinds = new Set(taken.flatMap((names) => [textOf(names, "kind"), textOf(names, "listKind")]));
  const accepted: Record<string, unknown> = { plural: "", kind: "", ...before };
  let conflict: Conflict | undefined;
  for (const member of ["plural", "singular", "shortNames", "kind", "listKind", "categories"]) {
    const inUse = member === "categories" ? new Set() : member.toLowerCase().endsWith("kind") ? kinds : resources;
    const names = member === "shortNames" ? textsOf(wanted, member) : [textOf(wanted, member) ?? ""];
    const name = names.find((one) => one !== "" && inUse.has(one));
    if (name !== undefined) conflict = { reason: `${member[0]?.toUpperCase()}${member.slice(1)}Conflict`, name };
    else if (wanted[member] === undefined) delete accepted[member];
    else accepted[member] = wanted[member];
  }
  return { accepted, conflict };
}

function namesCondition(conflict: Conflict | undefined): JsonRecord {
  if (!conflict) return condition("NamesAccepted", "True", "NoConflicts", "no conflicts found");
  return condition("NamesAccepted", "False", conflict.reason, `${JSON.stringify(conflict.name)} is already in use`);
}

/** Once established it stays so. */
function establishedCondition(definition: JsonRecord, conflict: Conflict | undefined): JsonRecord {
  if (!conflict || isTrue(conditionOf(definition, "Established"))) {
    return condition("Established", "True", "InitialNamesAccepted", "the initial names have been accepted");
  }
  return condition("Established", "False", "NotAccepted", "not all names are accepted");
}

function condition(type: string, status: string, reason: string, message: string): JsonRecord {
  return { type, status, reason, message };
}

function withTime(definition: JsonRecord, wanted: JsonRecord, time: string): JsonRecord {
  const before = conditionOf(definition, wanted["type"]);
  const isSame = textOf(before, "status") === wanted["status"];
  return { ...wanted, lastTransitionTime: isSame ? textOf(before, "lastTransitionTime") : time };
}

function conditionOf(definition: JsonRecord, type: unknown): unknown {
  return elementsOf(recordAt(definition, "status"), "conditions").find((one) => textOf(one, "type") === type);
}

function isTrue(one: unknown): boolean {
  return textOf(one, "status") === "True";
}

function nameOf(definition: JsonRecord): string | undefined {
  return textOf(recordAt(definition, "metadata"), "name");
}
