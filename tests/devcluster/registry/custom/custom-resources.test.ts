import assert from "node:assert/strict";
import { test } from "node:test";
import { servedResources } from "#devcluster/registry/custom/custom-resources.ts";
import { refusedFieldLabel } from "#devcluster/registry/field-labels.ts";
import type { JsonRecord } from "#kernel/json-value.ts";

test("a definition serves a resource for each version that is served, the preferred one first", () => {
  const versions = ["v1beta1", "v1", "foo", "v2alpha1", "v10"].map((name) => ({ name, served: true }));
  const resources = servedResources(definition([...versions, { name: "v11", served: false }]));

  assert.deepEqual(
    resources.map(({ version }) => version),
    ["v10", "v1", "v1beta1", "v2alpha1", "foo"],
  );
});

test("a custom resource has the names of its definition", () => {
  const [resource] = servedResources(definition([{ name: "v1", served: true }]));

  assert.equal(resource?.kind, "Widget");
  assert.equal(resource?.listKind, "WidgetList");
  assert.equal(resource?.singular, "widget");
  assert.equal(resource?.storage, "widgets.example.com");
  assert.deepEqual(resource?.shortNames, ["wd"]);
  assert.deepEqual(resource?.categories, ["all"]);
  assert.equal(resource?.namespaced, true);
});

test("status and scale are served where the version says so", () => {
  const scale = { specReplicasPath: ".spec.replicas", statusReplicasPath: ".status.replicas" };
  const [resource] = servedResources(definition([{ name: "v1", served: true, subresources: { status: {}, scale } }]));

  assert.deepEqual(resource?.subresources["status"], {
    kind: "Widget",
    group: "example.com",
    version: "v1",
    verbs: ["get", "patch", "update"],
  });
  assert.equal(resource?.subresources["scale"]?.kind, "Scale");
  assert.deepEqual(resource?.custom?.scale, scale);
});

test("columns are those of the version; without any the age is for others to show", () => {
  const column = { name: "Size", type: "integer", jsonPath: ".spec.size", priority: 1 };
  const [first, second] = servedResources(
    definition([
      { name: "v2", served: true, additionalPrinterColumns: [column] },
      { name: "v1", served: true },
    ]),
  );

  assert.deepEqual(first?.custom?.columns, [column]);
  assert.equal(second?.custom?.columns, undefined);
});

test("selectable fields lose the dot that their paths begin with", () => {
  const [resource] = servedResources(
    definition([{ name: "v1", served: true, selectableFields: [{ jsonPath: ".spec.color" }] }]),
  );
  assert.ok(resource);

  assert.deepEqual(resource.selectableFields, ["spec.color"]);
  assert.equal(refusedFieldLabel(resource, "spec.color"), undefined);
  assert.equal(refusedFieldLabel(resource, "metadata.namespace"), undefined);
  assert.equal(refusedFieldLabel(resource, "spec.size"), "field label not supported: spec.size");
});

test("a deprecated version warns, and names a better one", () => {
  const [, deprecated, worse] = servedResources(
    definition([
      { name: "v2", served: true },
      { name: "v1", served: true, deprecated: true },
      { name: "v1alpha1", served: true, deprecated: true, deprecationWarning: "do not" },
    ]),
  );

  assert.equal(deprecated?.deprecationWarning, "example.com/v1 Widget is deprecated; use example.com/v2 Widget");
  assert.equal(worse?.deprecationWarning, "do not");
});

test("objects know their metadata, whatever the schema says", () => {
  const schema = { openAPIV3Schema: { type: "object", properties: { spec: { type: "object" } } } };
  const [resource] = servedResources(definition([{ name: "v1", served: true, schema }]));

  assert.deepEqual(Object.keys(resource?.schema.properties ?? {}), ["spec", "apiVersion", "kind", "metadata"]);
  assert.equal(resource?.schema.properties?.["metadata"]?.definition, "meta.v1.ObjectMeta");
});

function definition(versions: readonly JsonRecord[]): JsonRecord {
  return {
    metadata: { name: "widgets.example.com" },
    spec: {
      group: "example.com",
      scope: "Namespaced",
      names: {
        plural: "widgets",
        singular: "widget",
        kind: "Widget",
        listKind: "WidgetList",
        shortNames: ["wd"],
        categories: ["all"],
      },
      versions,
    },
  };
}
