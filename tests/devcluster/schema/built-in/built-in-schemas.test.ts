import assert from "node:assert/strict";
import { test } from "node:test";
import { builtInSchema } from "#devcluster/schema/built-in/built-in-schemas.ts";
import type { Schema } from "#devcluster/schema/schema.ts";

test("a schema leads to what its members are", () => {
  const container = at(builtInSchema("apps.v1.Deployment"), "spec", "template", "spec", "containers", "[]");

  assert.equal(container.definition, "core.v1.Container");
  assert.deepEqual(container.required, ["name"]);
});

test("a definition is linked once", () => {
  assert.equal(
    at(builtInSchema("core.v1.PodTemplate"), "template", "spec", "affinity"),
    builtInSchema("core.v1.Affinity"),
  );
});

test("a schema may hold itself", () => {
  const props = builtInSchema("apiextensions.v1.JSONSchemaProps");

  assert.equal(at(props, "properties", "{}"), props);
});

test("a member carries its own default beside what its type says", () => {
  const spec = at(builtInSchema("apps.v1.Deployment"), "spec");

  assert.deepEqual(at(spec, "strategy").default, {});
  assert.equal(at(spec, "replicas").default, 1);
});

test("lists say how they merge", () => {
  const ports = at(builtInSchema("core.v1.Service"), "spec", "ports");

  assert.equal(ports["x-kubernetes-list-type"], "map");
  assert.deepEqual(ports["x-kubernetes-list-map-keys"], ["port", "protocol"]);
  assert.equal(ports["x-kubernetes-patch-merge-key"], "port");
});

test("an unknown definition is refused", () => {
  assert.throws(() => builtInSchema("core.v1.Widget"), /Cannot find the schema "core.v1.Widget"/);
});

/** @param path names of properties, `[]` for elements, `{}` for members of any name */
function at(schema: Schema, ...path: readonly string[]): Schema {
  return path.reduce((current, step) => {
    const additional = typeof current.additionalProperties === "object" ? current.additionalProperties : undefined;
    const next = step === "[]" ? current.items : step === "{}" ? additional : current.properties?.[step];
    assert.ok(next, `no ${step} among ${path.join(".")}`);
    return next;
  }, schema);
}
