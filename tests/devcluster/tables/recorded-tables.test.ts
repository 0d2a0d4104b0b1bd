import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { builtInResources } from "#devcluster/registry/built-in/built-in-resources.ts";
import { tableForm } from "#devcluster/tables/table-form.ts";
import { apiVersionOf } from "#resources/api-resource.ts";
import type { RecordedTable } from "./recorded-table.ts";

const tables = readFileSync(join(import.meta.dirname, "recorded-tables.jsonl"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as RecordedTable);

describe("a table shows objects as a real server showed them", () => {
  for (const { apiVersion, plural, now, columns, rows } of tables) {
    test(`${plural} in ${apiVersion}`, () => {
      const resource = builtInResources().find((one) => one.plural === plural && apiVersionOf(one) === apiVersion);
      assert.ok(resource);
      const form = tableForm(resource, { now: () => now });
      assert.deepEqual(form.columns, columns);
      assert.deepEqual(
        rows.map(({ object }) => form.row(object)),
        rows.map(({ object: _object, ...row }) => row),
      );
    });
  }
});
