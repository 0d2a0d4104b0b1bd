import assert from "node:assert/strict";
import { test } from "node:test";
import { CUSTOM_RESOURCE_DEFINITIONS } from "#devcluster/tables/columns/extension-columns.ts";

test("a definition shows its served versions by name, and which of them is stored", () => {
  const versions = [
    { name: "v2", served: true, storage: false },
    { name: "v1", served: false, storage: false },
    { name: "v10", served: true, storage: true },
  ];
  const column = CUSTOM_RESOURCE_DEFINITIONS.find(({ name }) => name === "Versions");
  const definition = { apiVersion: "", kind: "", metadata: { name: "widgets.example.com" }, spec: { versions } };
  assert.equal(column?.cell(definition, 0), "v10(storage),v2");
});
