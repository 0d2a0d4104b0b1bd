import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parseSync } from "oxc-parser";
import { SchemaTypes } from "#authoring/custom-types/schema-type.ts";
import { bracesText } from "#authoring/custom-types/type-text.ts";
import { FIXTURES, fixtureDefinitions, typesTextOf } from "../../support/made-types.ts";

const COMMAND =
  "informd types --crds tests/fixtures/custom-types/crds --out tests/fixtures/custom-types/informd-types.d.ts";

test("the committed types of the fixtures' definitions are what is made of them, whatever the order", async () => {
  const expected = readFileSync(join(FIXTURES, "informd-types.d.ts"), "utf8");
  const definitions = fixtureDefinitions();
  assert.equal(await typesTextOf(definitions, COMMAND), expected);
  assert.equal(await typesTextOf(definitions.toReversed(), COMMAND), expected);
});

/** The type of one field, as it stands in the text; `description` and so on in the lines above it. */
async function fieldOf(schema: object, name = "field"): Promise<string> {
  const text = await typesTextOf(
    definition({ schema: { properties: { data: { type: "object", properties: { [name]: schema } } } } }),
  );
  const [, field = text] = /\n {2}data\?: \{\n([^]*)\n {2}\};\n/.exec(text) ?? [];
  return field.replaceAll(/^ {4}/gm, "");
}

interface DefinitionParts {
  readonly group?: string;
  readonly kind?: string;
  readonly shortNames?: readonly string[];
  readonly scope?: string;
  readonly versions?: readonly string[];
  readonly schema?: object;
}

/** In JSON, which is YAML too. */
function definition({
  group = "example.com",
  kind = "Widget",
  shortNames = [],
  scope = "Namespaced",
  versions = ["v1"],
  schema = {},
}: DefinitionParts = {}): string {
  const plural = `${kind.toLowerCase()}s`;
  return JSON.stringify({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope,
      names: { plural, singular: kind.toLowerCase(), kind, shortNames },
      versions: versions.map((name) => ({
        name,
        served: true,
        schema: { openAPIV3Schema: { type: "object", ...schema } },
      })),
    },
  });
}

/** Names of `Resources` with what they stand for. */
async function entriesOf(...definitions: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const text = await typesTextOf(definitions.map((one, at) => ({ name: `${at}.yaml`, text: one })));
  const lines = text.matchAll(/^ {4}"?([^":]+)"?: ([\w<>]+);$/gm);
  return Object.fromEntries(Array.from(lines, ([, name = "", type = ""]) => [name, type]));
}

test("numbers are numbers, times and bytes are strings, as on the wire", async () => {
  assert.equal(await fieldOf({ type: "integer", format: "int64" }), "field?: number;");
  assert.equal(await fieldOf({ type: "number" }), "field?: number;");
  assert.equal(await fieldOf({ type: "string", format: "date-time" }), "field?: string;");
  assert.equal(await fieldOf({ type: "string", format: "byte" }), "field?: string;");
  assert.equal(await fieldOf({ "x-kubernetes-int-or-string": true }), "field?: number | string;");
});

test("what may be null says so, once", async () => {
  assert.equal(await fieldOf({ type: "string", nullable: true }), "field?: string | null;");
  assert.equal(await fieldOf({ type: "string", enum: ["a", null], nullable: true }), 'field?: "a" | null;');
  assert.equal(
    await fieldOf({ type: "array", nullable: true, items: { type: "string", nullable: true } }),
    "field?: (string | null)[] | null;",
  );
});

test("what keeps unknown fields lets any be read, as unknown", async () => {
  const open = { "x-kubernetes-preserve-unknown-fields": true };
  assert.equal(await fieldOf(open), "field?: unknown;");
  assert.equal(await fieldOf({ type: "object", ...open }), "field?: Record<string, unknown>;");
  assert.equal(
    await fieldOf({ type: "object", ...open, properties: { a: { type: "string" } } }),
    "field?: {\n  a?: string;\n  [field: string]: unknown;\n};",
  );
});

test("values of an enum that are no literals leave the type as it is", async () => {
  assert.equal(await fieldOf({ type: "object", enum: [{ a: 1 }] }), "field?: Record<string, unknown>;");
});

test("a default is told, unless it is long", async () => {
  const long = "long ".repeat(20);
  assert.equal(
    await fieldOf({ type: "string", description: "A word.", default: "a" }),
    '/**\n * A word.\n * @default "a"\n */\nfield?: string;',
  );
  assert.equal(await fieldOf({ type: "boolean", default: false }), "/** @default false */\nfield?: boolean;");
  assert.equal(await fieldOf({ type: "string", default: long }), "field?: string;");
});

test("names that are no identifiers are quoted, reserved words are not", async () => {
  assert.equal(await fieldOf({ type: "string" }, "a-b"), '"a-b"?: string;');
  assert.equal(await fieldOf({ type: "string" }, "$ref"), "$ref?: string;");
  assert.equal(await fieldOf({ type: "string" }, '"'), "'\"'?: string;");
  assert.equal(await fieldOf({ type: "string" }, "delete"), "delete?: string;");
});

test("a cluster-scoped kind has no namespace that is always there", async () => {
  assert.match(await typesTextOf(definition({ scope: "Cluster" })), /^ {2}metadata: LiveMetadata<false>;$/m);
  assert.match(await typesTextOf(definition()), /^ {2}metadata: LiveMetadata;$/m);
});

test("a kind has every name that kubectl takes; those without a version mean the preferred one", async () => {
  assert.deepEqual(await entriesOf(definition({ shortNames: ["wd"], versions: ["v1beta1", "v10", "v2"] })), {
    widgets: "V10Widget",
    widget: "V10Widget",
    wd: "V10Widget",
    Widget: "V10Widget",
    "widgets.example.com": "V10Widget",
    "widget.example.com": "V10Widget",
    "wd.example.com": "V10Widget",
    "Widget.example.com": "V10Widget",
    "widgets.v10.example.com": "V10Widget",
    "widgets.v2.example.com": "V2Widget",
    "widgets.v1beta1.example.com": "V1beta1Widget",
  });
});

test("a name that Kubernetes' own kinds have stays theirs", async () => {
  const entries = await entriesOf(
    definition({ kind: "Service", group: "serving.example.com", shortNames: ["svc", "ksvc"] }),
  );
  assert.deepEqual(
    Object.keys(entries).filter((name) => !name.includes(".")),
    ["ksvc"],
  );
  assert.equal(entries["services.serving.example.com"], "V1Service");
});

test("a name that two groups have needs its group, and their types have it too", async () => {
  const entries = await entriesOf(definition({ group: "b.example.com" }), definition({ group: "a-1.example.com" }));
  assert.deepEqual(
    Object.keys(entries).filter((name) => !name.includes(".")),
    [],
  );
  assert.equal(entries["widgets.a-1.example.com"], "A1ExampleComV1Widget");
  assert.equal(entries["widgets.b.example.com"], "BExampleComV1Widget");
  const others = await entriesOf(definition({ group: "3d.example.com" }), definition());
  assert.equal(others["widgets.3d.example.com"], "_3dExampleComV1Widget");
});

test("a name that a group of Kubernetes' own has is that one's where it comes first, whatever the order of files", async () => {
  const [own, other] = ["gateway.networking.k8s.io", "networking.istio.io"].map((group) => definition({ group }));
  assert.ok(own !== undefined && other !== undefined);
  const entries = await entriesOf(other, own);
  assert.deepEqual(entries, await entriesOf(own, other));
  assert.equal(entries["widgets"], "GatewayNetworkingK8sIoV1Widget");
});

test("a part of an object does not take the name of a kind", async () => {
  const schema = { properties: { spec: { type: "object", properties: { a: { type: "string" } } } } };
  const text = await typesTextOf([definition({ schema }), definition({ kind: "WidgetSpec" })].join("\n---\n"));
  assert.equal(text.match(/interface V1WidgetSpec /g)?.length, 1);
  assert.match(text, /^ {2}spec\?: \{\n {4}a\?: string;\n {2}\};$/m);
});

test("a schema that contains itself ends", async () => {
  const text = await typesTextOf(`
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
spec:
  group: example.com
  scope: Namespaced
  names: { plural: trees, kind: Tree }
  versions:
    - name: v1
      served: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: &node { type: object, properties: { left: *node, size: { type: integer } } }
`);
  assert.match(text, /^ {2}left\?: unknown;\n {2}size\?: number;$/m);
});

test("a schema of a server that is nested without end is cut off", () => {
  const endless = Array.from({ length: 50_000 }).reduce<object>((items) => ({ type: "array", items }), {});
  const text = bracesText(new SchemaTypes(new Map()).membersOf({ properties: { field: endless } }), "");
  assert.match(text, /^\{\n {2}field\?: unknown(\[\]){201};\n\}$/);
});

test("nothing that a definition says leaves its place in the types", async () => {
  const evil = '*/ } "; export const evil = 1; /*\u2028\n// ';
  const text = await typesTextOf(
    definition({
      kind: "Evil; export const evil = 1;//",
      group: 'x"];evil.example.com',
      versions: ["1\n", "v2"],
      schema: {
        description: evil,
        properties: { [evil]: { type: "string", enum: [evil], default: evil, description: evil } },
      },
    }),
  );
  const { program, errors } = parseSync("types.d.ts", text);
  assert.deepEqual(errors, []);
  const statements = program.body.map((statement) => statement.type);
  assert.deepEqual(
    new Set(statements),
    new Set(["ImportDeclaration", "TSModuleDeclaration", "ExportNamedDeclaration"]),
  );
  assert.doesNotMatch(
    JSON.stringify(program, (key, value: unknown) => (key === "value" ? "" : value)),
    /"name":"evil"/,
  );
});
