import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { type ReadTexts, readDefinitionFiles } from "#authoring/custom-types/definition-files.ts";
import { refusalOf, typesOf } from "../../support/made-types.ts";
import { TemporaryDirectory } from "../../support/temporary-directory.ts";

function read(folder: TemporaryDirectory, path: string): Promise<ReadTexts> {
  return readDefinitionFiles(join(folder.path, path), folder.path);
}

const WIDGETS = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  names: { plural: widgets, kind: Widget }
  versions: [{ name: v1, served: true, schema: { openAPIV3Schema: { type: object } } }]
`;

test("a folder gives every YAML and JSON file in it, at any depth, but hidden ones and packages", async () => {
  using folder = new TemporaryDirectory({
    "crds/b.yaml": "b",
    "crds/deep/a.json": "a",
    "crds/c.yml": "c",
    "crds/README.md": "no",
    "crds/.git/d.yaml": "no",
    "crds/node_modules/e/e.yaml": "no",
  });
  assert.deepEqual(await read(folder, "crds"), {
    type: "read",
    texts: [
      { name: "crds/b.yaml", text: "b" },
      { name: "crds/c.yml", text: "c" },
      { name: "crds/deep/a.json", text: "a" },
    ],
  });
});

test("a file is read whatever its name is", async () => {
  using folder = new TemporaryDirectory({ crds: "text" });
  assert.deepEqual(await read(folder, "crds"), { type: "read", texts: [{ name: "crds", text: "text" }] });
});

test("a path that is not there is named", async () => {
  using folder = new TemporaryDirectory();
  assert.deepEqual(await read(folder, "crds"), {
    type: "failed",
    message: 'Cannot read definitions "crds": no such file or folder. Name another file or folder with --crds.',
  });
});

test("definitions are found among other objects, in lists, and in lists of definitions", async () => {
  const names = { plural: "gears", kind: "Gear" };
  const nameless = { spec: { group: "b.example.com", names, versions: [{ name: "v1", served: true }] } };
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
    'Cannot make types of "crds/a.yaml", "standard input": no CustomResourceDefinition is there.',
  );
  const many = Array.from({ length: 9 }, (_, at) => ({ name: `${at}.yaml`, text: "" }));
  assert.equal(
    await refusalOf(many),
    'Cannot make types of "0.yaml", "1.yaml", "2.yaml" and 6 more: no CustomResourceDefinition is there.',
  );
  assert.equal(await refusalOf([]), "Cannot make types: there is no YAML and no JSON file. Name others with --crds.");
});

test("a definition that does not say what it defines is refused", async () => {
  for (const [member, reason] of [
    ["  group: example.com\n", "it has no spec.group"],
    ["plural: widgets, ", "it has no spec.names.plural"],
    [", kind: Widget", "it has no spec.names.kind"],
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
    'Cannot make types: "a.yaml" and "b.yaml" define widgets.example.com in different ways. Name one of them with --crds.',
  );
});
