import assert from "node:assert/strict";
import { test } from "node:test";
import type { PrinterColumn } from "#devcluster/registry/served-resource.ts";
import { tableForm, type TableForm } from "#devcluster/tables/table-form.ts";
import { customResource } from "../support/served-resources.ts";

const WIDGET = {
  apiVersion: "example.com/v1",
  kind: "Widget",
  metadata: { name: "w", creationTimestamp: "1970-01-01T00:00:00Z" },
  spec: { size: 3, share: 0.5, on: true, tags: ["a", "b"], since: "1970-01-01T00:00:05Z", parts: { b: 1, a: "<" } },
};

function form(columns: readonly PrinterColumn[] | undefined): TableForm {
  const custom = { columns, scale: undefined };
  return tableForm(customResource("example.com", "v1", "Widget", { custom }), { now: () => 60_000 });
}

test("a custom resource without columns shows its age", () => {
  const table = form(undefined);
  assert.deepEqual(table.columns, [
    { name: "Name", type: "string", format: "name", description: "", priority: 0 },
    { name: "Age", type: "date", format: "", description: "", priority: 0 },
  ]);
  assert.deepEqual(table.row(WIDGET).cells, ["w", "60s"]);
});

test("a value is shown in a column of its type only", () => {
  const table = form([
    { name: "size", type: "integer", jsonPath: ".spec.size" },
    { name: "share", type: "number", jsonPath: ".spec.share" },
    { name: "on", type: "boolean", jsonPath: ".spec.on" },
    { name: "since", type: "date", jsonPath: ".spec.since" },
    { name: "wrong", type: "integer", jsonPath: ".spec.on" },
    { name: "absent", type: "string", jsonPath: ".spec.nope" },
    { name: "no date", type: "date", jsonPath: ".metadata.name" },
  ]);
  assert.deepEqual(table.row(WIDGET).cells, ["w", 3, 0.5, true, "55s", null, null, "<invalid>"]);
});

test("a column of the type string shows any value", () => {
  const table = form(
    [".spec.size", ".spec.on", ".spec.tags", ".spec.tags[*]", ".spec.parts"].map((jsonPath) => ({
      name: jsonPath,
      type: "string",
      jsonPath,
    })),
  );
  assert.deepEqual(table.row(WIDGET).cells, ["w", "3", "true", '["a","b"]', "a", '{"a":"\\u003c","b":1}']);
});

test("columns end before the first path that cannot be read", () => {
  const table = form([
    { name: "size", type: "integer", jsonPath: ".spec.size", priority: 1 },
    { name: "bad", type: "string", jsonPath: ".spec[" },
    { name: "on", type: "boolean", jsonPath: ".spec.on" },
  ]);
  assert.deepEqual(
    table.columns.map(({ name, priority }) => [name, priority]),
    [
      ["Name", 0],
      ["size", 1],
    ],
  );
  assert.deepEqual(table.row(WIDGET).cells, ["w", 3]);
});
