import assert from "node:assert/strict";
import { test } from "node:test";
import { acceptedConditions } from "#devcluster/registry/definitions/accepted-names.ts";
import { textOf, type JsonRecord } from "#kernel/json-value.ts";

const NOW = "2024-01-02T03:04:05Z";
const LATER = "2024-01-02T03:04:06Z";

test("names that nobody has are accepted, and the definition is established", () => {
  const { conditions, acceptedNames, storedVersions } = acceptedConditions(definition("aaas", "Aaa", "aa"), [], NOW);

  assert.deepEqual(conditions, [
    {
      type: "NamesAccepted",
      status: "True",
      reason: "NoConflicts",
      message: "no conflicts found",
      lastTransitionTime: NOW,
    },
    {
      type: "Established",
      status: "True",
      reason: "InitialNamesAccepted",
      message: "the initial names have been accepted",
      lastTransitionTime: NOW,
    },
  ]);
  assert.deepEqual(acceptedNames, {
    plural: "aaas",
    singular: "aaa",
    shortNames: ["aa"],
    kind: "Aaa",
    listKind: "AaaList",
  });
  assert.deepEqual(storedVersions, ["v1"]);
});

const TAKEN = established(definition("aaas", "Aaa", "aa"));

for (const [title, wanted, reason, name] of [
  ["a short name that is taken", definition("bbbs", "Bbb", "aa"), "ShortNamesConflict", "aa"],
  ["a kind that is taken", definition("cccs", "Aaa", "cc", "ccc"), "ListKindConflict", "AaaList"],
  ["a singular that is taken", definition("ddds", "Ddd", "dd", "aaa"), "SingularConflict", "aaa"],
  ["a short name that is another's singular", definition("eees", "Eee", "aaa"), "ShortNamesConflict", "aaa"],
] as const) {
  test(`${title} keeps a definition from being served`, () => {
    const { conditions } = acceptedConditions(wanted, [TAKEN], NOW);

    assert.deepEqual(
      conditions.map((condition) => [
        textOf(condition, "status"),
        textOf(condition, "reason"),
        textOf(condition, "message"),
      ]),
      [
        ["False", reason, `"${name}" is already in use`],
        ["False", "NotAccepted", "not all names are accepted"],
      ],
    );
  });
}

test("names of other groups are free", () => {
  const other = {
    ...definition("bbbs", "Aaa", "aa"),
    spec: { ...specOf("bbbs", "Aaa", "aa", "aaa"), group: "other.com" },
  };

  assert.equal(acceptedConditions(other, [TAKEN], NOW).conditions[1]?.["status"], "True");
});

test("what stays so keeps its time", () => {
  const { conditions } = acceptedConditions(TAKEN, [], LATER);

  assert.deepEqual(
    conditions.map((condition) => condition["lastTransitionTime"]),
    [NOW, NOW],
  );
});

test("versions in which objects lie are kept beside the one in which they are stored now", () => {
  const { spec } = definition("aaas", "Aaa", "aa");
  const versions = [
    { name: "v1", storage: false },
    { name: "v2", storage: true },
  ];
  const moved = { ...TAKEN, spec: { ...spec, versions } };

  assert.deepEqual(acceptedConditions(moved, [], LATER).storedVersions, ["v1", "v2"]);
});

function established(one: JsonRecord): JsonRecord {
  return { ...one, status: acceptedConditions(one, [], NOW) };
}

function definition(
  plural: string,
  kind: string,
  shortName: string,
  singular = kind.toLowerCase(),
): { spec: JsonRecord } & JsonRecord {
  return { metadata: { name: `${plural}.example.com` }, spec: specOf(plural, kind, shortName, singular) };
}

function specOf(plural: string, kind: string, shortName: string, singular: string): JsonRecord {
  const names = { plural, singular, shortNames: [shortName], kind, listKind: `${kind}List` };
  return { group: "example.com", names, versions: [{ name: "v1", served: true, storage: true }] };
}
