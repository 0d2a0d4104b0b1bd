import assert from "node:assert/strict";
import { test } from "node:test";
import { toldKinds } from "#authoring/manifests/told-kinds.ts";
import { resourceName } from "#resources/api-resource.ts";
import { fixtureDefinitions } from "../../support/made-types.ts";

const WIDGETS = { plural: "widgets", group: "example.com", namespaced: true };

test("what definitions say and what scopes say are known side by side", () => {
  const gears = { plural: "gears", group: "example.org", namespaced: false };
  const told = toldKinds([gears, WIDGETS], fixtureDefinitions());
  assert.ok(told.type === "told", JSON.stringify(told));
  assert.deepEqual(told.scopes, [gears, WIDGETS]);
  const defined = new Map(told.defined?.map((one) => [resourceName(one), one.namespaced]));
  assert.deepEqual([defined.get("widgets.example.com"), defined.get("pipelines.build.example.net")], [true, false]);
});

test("without definitions nothing is defined, and none in what is given for them is refused", () => {
  assert.deepEqual(toldKinds([WIDGETS], undefined), { type: "told", defined: undefined, scopes: [WIDGETS] });
  const none = toldKinds([WIDGETS], [{ name: "pod.yaml", text: "kind: Pod" }]);
  assert.deepEqual(none, {
    type: "failed",
    message: 'Cannot find definitions in "pod.yaml": no CustomResourceDefinition is there. Name others with --crds.',
  });
});

test("a scope that a definition contradicts is refused with the file of the definition", () => {
  assert.deepEqual(toldKinds([{ ...WIDGETS, namespaced: false }], fixtureDefinitions()), {
    type: "failed",
    message:
      'Cannot use --scope "widgets.example.com=Cluster": "widget.yaml" defines it as Namespaced. Leave it out: --crds tells the scope.',
  });
});
