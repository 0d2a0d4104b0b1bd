import assert from "node:assert/strict";
import { test } from "node:test";
import { refusalOf, typesOf } from "../../support/made-types.ts";

const WIDGETS = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { plural: widgets, kind: Widget }
  versions: [{ name: v1, served: true, schema: { openAPIV3Schema: { type: object } } }]
`;

test("definitions are found among other objects, in lists, and in lists of definitions", async () => {
  const names = { plural: "gears", kind: "Gear" };
  const nameless = {
    spec: { group: "b.example.com", scope: "Cluster", names, versions: [{ name: "v1", served: true }] },
  };
  const list = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinitionList",
    items: [nameless],
  };
  const made = await typesOf([WIDGETS, "kind: ConfigMap\n", "", JSON.stringify(list)].join("---\n"));
  assert.deepEqual(made.type === "made" && made.resources, ["gears.b.example.com", "widgets.example.com"]);
  assert.deepEqual(made.type === "made" && made.warnings, [
    "gears.b.example.com has no schema in version v1: nothing is known of its fields.",
  ]);
});

test("a text that is no YAML is refused with its place", async () => {
  assert.match(
    await refusalOf("kind: CustomResourceDefinition\nspec: {\n"),
    /^Cannot read definitions "crds\.yaml": it is neither YAML nor JSON: .*\(3:1\)\. Correct it there\.$/,
  );
});

test("texts without a definition are refused", async () => {
  assert.equal(
    await refusalOf([
      { name: "crds/a.yaml", text: "kind: ConfigMap" },
      { name: "standard input", text: "" },
    ]),
    'Cannot find definitions in "crds/a.yaml", "standard input": no CustomResourceDefinition is there. Name others with --crds.',
  );
  const many = Array.from({ length: 9 }, (_, at) => ({ name: `${at}.yaml`, text: "" }));
  assert.equal(
    await refusalOf(many),
    'Cannot find definitions in "0.yaml", "1.yaml", "2.yaml" and 6 more: no CustomResourceDefinition is there. Name others with --crds.',
  );
  assert.equal(
    await refusalOf([]),
    "Cannot find definitions: there is no YAML and no JSON file. Name others with --crds.",
  );
});

test("a definition that does not say what it defines is refused", async () => {
  for (const [member, reason] of [
    ["  group: example.com\n", "it has no spec.group"],
    ["plural: widgets, ", "it has no spec.names.plural"],
    [", kind: Widget", "it has no spec.names.kind"],
    ["  scope: Namespaced\n", "its spec.scope is neither Namespaced nor Cluster"],
    ["served: true, ", "it serves no version"],
  ] as const) {
    assert.equal(
      await refusalOf(WIDGETS.replace(member, "")),
      `Cannot use a CustomResourceDefinition of "crds.yaml": ${reason}.`,
    );
  }
});

test("a definition of before Kubernetes 1.22 is refused", async () => {
  assert.equal(
    await refusalOf(WIDGETS.replace("io/v1", "io/v1beta1")),
    'Cannot use a CustomResourceDefinition of "crds.yaml": its apiVersion is "apiextensions.k8s.io/v1beta1". Write it as apiextensions.k8s.io/v1, the only one since Kubernetes 1.22.',
  );
});

test("the same definition in two files counts once, two that differ are refused", async () => {
  const texts = (second: string) => [
    { name: "a.yaml", text: WIDGETS },
    { name: "b.yaml", text: second },
  ];
  const made = await typesOf(texts(WIDGETS));
  assert.deepEqual(made.type === "made" && made.resources, ["widgets.example.com"]);
  assert.equal(made.type === "made" && made.text.match(/interface V1Widget /g)?.length, 1);
  assert.equal(
    await refusalOf(texts(WIDGETS.replace("kind: Widget", "kind: Gadget"))),
    'Cannot use the definitions of widgets.example.com: "a.yaml" and "b.yaml" define it in different ways. Name one of them with --crds.',
  );
});
