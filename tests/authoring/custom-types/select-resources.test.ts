import assert from "node:assert/strict";
import { test } from "node:test";
import { selectResources } from "#authoring/custom-types/select-resources.ts";
import { fixtureDefinitions, typesOf, typesTextOf } from "../../support/made-types.ts";
import { apiResource } from "../../support/api-resources.ts";

const RESOURCES = [
  apiResource({ group: "a.example.com", version: "v2", plural: "widgets", kind: "Widget" }),
  apiResource({ group: "a.example.com", version: "v1", plural: "widgets", kind: "Widget" }),
  apiResource({ group: "a.example.com", plural: "gears", kind: "Gear", shortNames: ["gr"] }),
  apiResource({ group: "b.example.com", plural: "widgets", kind: "Widget" }),
];

function selected(...names: string[]): string[] {
  const result = selectResources(RESOURCES, names);
  if (result.type === "failed") return [result.message];
  return result.resources.map(({ plural, version, group }) => `${plural}.${version}.${group}`);
}

test("no name selects all, a name every version of what it means, a group all of its kinds", () => {
  assert.equal(selected().length, 4);
  assert.deepEqual(selected("gr"), ["gears.v1.a.example.com"]);
  assert.deepEqual(selected("Widget.a.example.com"), ["widgets.v2.a.example.com", "widgets.v1.a.example.com"]);
  assert.deepEqual(selected("b.example.com", "gears"), ["gears.v1.a.example.com", "widgets.v1.b.example.com"]);
  assert.equal(selected("a.example.com").length, 3);
});

test("a name that means nothing, or more than one thing, is refused with what it may mean", () => {
  assert.deepEqual(selected("geers"), [
    'Cannot make types of "geers": there is no such custom resource, and no such group (nearest: "gears.a.example.com"). Leave it out for all that are there.',
  ]);
  assert.deepEqual(selected("widgets"), [
    'Cannot make types of "widgets": it could be "widgets.a.example.com" or "widgets.b.example.com". Write one of these.',
  ]);
});

test("a name that is ambiguous in the cluster stays so in the types of one of its kinds", async () => {
  const made = await typesOf(fixtureDefinitions(), "informd types", ["example.com"]);
  assert.deepEqual(made.type === "made" && made.resources, ["widgets.example.com"]);
  const text = await typesTextOf(fixtureDefinitions(), "informd types", ["example.com"]);
  assert.match(text, /^ {4}"widgets\.example\.com": V1Widget;$/m);
  assert.doesNotMatch(text, /^ {4}widgets: /m);
});
