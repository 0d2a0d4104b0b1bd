import { textOf, textsOf, type JsonRecord } from "#kernel/json-value.ts";
import { withMembers, type ApiObject } from "../api-object.ts";
import { recordAt } from "../record-at.ts";
import { conditionOf, type Condition } from "./conditions.ts";

export interface Acceptance {
  /** The names that are the definition's from now on. */
  readonly names: JsonRecord;
  readonly conditions: readonly Condition[];
}

/** A definition may have the names that no other one of its group has (upstream: `calculateNamesAndConditions`). */
export function acceptanceOf(definition: ApiObject, all: readonly ApiObject[]): Acceptance {
  const wanted = recordAt(definition, "spec", "names");
  const conflicts = conflictsOf(wanted, takenNames(definition, all));
  const before = recordAt(definition, "status", "acceptedNames");
  const refused = Object.fromEntries(conflicts.map(({ member }) => [member, before[member]]));
  // The last of several is told, as upstream does.
  const conflict = conflicts.at(-1);
  return {
    names: withMembers(wanted, refused),
    conditions: [
      conflict ? namesRefused(conflict) : NAMES_ACCEPTED,
      conflict && !isEstablished(definition) ? NOT_ESTABLISHED : ESTABLISHED,
    ],
  };
}

/** Once established it stays so. */
export function isEstablished(definition: ApiObject): boolean {
  return conditionOf(definition, "Established")?.["status"] === "True";
}

const NAMES_ACCEPTED: Condition = {
  type: "NamesAccepted",
  status: "True",
  reason: "NoConflicts",
  message: "no conflicts found",
};
const ESTABLISHED: Condition = {
  type: "Established",
  status: "True",
  reason: "InitialNamesAccepted",
  message: "the initial names have been accepted",
};
const NOT_ESTABLISHED: Condition = {
  type: "Established",
  status: "False",
  reason: "NotAccepted",
  message: "not all names are accepted",
};

interface Conflict {
  readonly member: string;
  readonly name: string;
}

const REASONS: Readonly<Record<string, string>> = {
  plural: "PluralConflict",
  singular: "SingularConflict",
  shortNames: "ShortNamesConflict",
  kind: "KindConflict",
  listKind: "ListKindConflict",
};

function namesRefused({ member, name }: Conflict): Condition {
  const message = `"${name}" is already in use`;
  return { type: "NamesAccepted", status: "False", reason: REASONS[member] ?? "", message };
}

interface Names {
  readonly resources: ReadonlySet<string>;
  readonly kinds: ReadonlySet<string>;
}

function takenNames(definition: ApiObject, all: readonly ApiObject[]): Names {
  const group = textOf(definition["spec"], "group");
  const others = all
    .filter((other) => other.metadata.uid !== definition.metadata.uid && textOf(other["spec"], "group") === group)
    .map((other) => recordAt(other, "status", "acceptedNames"));
  const named = (...members: readonly string[]): ReadonlySet<string> =>
    new Set(others.flatMap((names) => members.flatMap((member) => namesIn(names, member))));
  return { resources: named("plural", "singular", "shortNames"), kinds: named("kind", "listKind") };
}

function conflictsOf(wanted: JsonRecord, { resources, kinds }: Names): readonly Conflict[] {
  return Object.keys(REASONS).flatMap((member) => {
    const taken = member === "kind" || member === "listKind" ? kinds : resources;
    const name = namesIn(wanted, member).find((each) => taken.has(each));
    return name === undefined ? [] : [{ member, name }];
  });
}

function namesIn(names: JsonRecord, member: string): readonly string[] {
  const name = textOf(names, member) ?? "";
  return name === "" ? textsOf(names, member) : [name];
}
