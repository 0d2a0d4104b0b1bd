import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { ApiObject } from "#devcluster/api-object.ts";
import { builtInResources } from "#devcluster/registry/built-in/built-in-resources.ts";
import type { ServedResource } from "#devcluster/registry/served-resource.ts";
import { tableForm } from "#devcluster/tables/table-form.ts";
import { elementsOf, fieldOf } from "#kernel/json-value.ts";
import { apiVersionOf } from "#resources/api-resource.ts";
import { skipWithoutApiServer, startKubeApiServer, type KubeApiServer } from "../../support/kube-api-server.ts";
import { jsonAt } from "../support/api-server-calls.ts";
import { collectionPath, createSamples } from "../support/create-samples.ts";
import { SAMPLES } from "../support/samples/all.ts";
import type { RecordedTable } from "./recorded-table.ts";

const RECORDING = join(import.meta.dirname, "recorded-tables.jsonl");
/** Set it to record anew, for example after a new release of Kubernetes. */
const RECORDS = process.env["RECORD_TABLES"] !== undefined;
const TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

describe("tables equal those of a real server", { skip: skipWithoutApiServer }, () => {
  const recorded: RecordedTable[] = [];
  const listable = builtInResources().filter(({ verbs }) => verbs.includes("list"));
  let server: KubeApiServer;

  before(async () => {
    server = await startKubeApiServer();
    await createSamples(server, SAMPLES);
  });
  after(() => server.stop());

  for (const resource of listable) {
    const { plural } = resource;
    test(`${plural} in ${apiVersionOf(resource)}`, async () => {
      const start = Date.now();
      const table = await jsonAt(server, `${collectionPath(resource)}?includeObject=Object`, TABLE);
      const columns = elementsOf(table, "columnDefinitions").map((column) => withoutDescription(column));
      const rows = elementsOf(table, "rows")
        .filter(isOfVersion)
        .map((row) => rowOf(row, columns.length));
      const moments = [start, Date.now()];
      assert.deepEqual(tableForm(resource, { now: () => 0 }).columns.map(withoutDescription), columns);
      const outcomes = moments.map((now) => ({ now, ours: rowsAt(resource, rows, now) }));
      const theirs = rows.map(({ object: _object, ...row }) => row);
      const same = outcomes.find(({ ours }) => JSON.stringify(ours) === JSON.stringify(theirs));
      if (same === undefined) assert.deepEqual(outcomes[0]?.ours, theirs);
      recorded.push({
        apiVersion: apiVersionOf(resource),
        plural,
        now: same?.now ?? start,
        columns,
        rows: sampled(rows),
      });
    });
  }

  test("the recording is complete", () => {
    if (RECORDS) writeFileSync(RECORDING, recorded.map((table) => `${JSON.stringify(table)}\n`).join(""));
    const known = readFileSync(RECORDING, "utf8").trimEnd().split("\n");
    assert.equal(known.length, listable.length);
  });
});

function rowsAt(resource: ServedResource, rows: RecordedTable["rows"], now: number): object[] {
  const form = tableForm(resource, { now: () => now });
  return rows.map(({ object }) => form.row(object));
}

/** Without what the server makes for itself, of which there is much. */
function sampled(rows: RecordedTable["rows"]): RecordedTable["rows"] {
  const names = new Set(SAMPLES.map(({ object }) => object.metadata.name));
  const own = rows.filter(({ object }) => names.has(object.metadata.name));
  return own.length > 0 ? own : rows.slice(0, 1);
}

function withoutDescription(column: unknown): object {
  return { ...(column as object), description: "" };
}

/** What `autoscaling/v1` cannot say the real server keeps in annotations, and shows. */
function isOfVersion(row: unknown): boolean {
  const annotations = fieldOf(fieldOf(fieldOf(row, "object"), "metadata"), "annotations");
  return fieldOf(annotations, "autoscaling.alpha.kubernetes.io/metrics") === undefined;
}

/** Of some kinds the real server has a cell more than columns. */
function rowOf(row: unknown, columns: number): RecordedTable["rows"][number] {
  const object = fieldOf(row, "object") as ApiObject;
  const { managedFields: _managedFields, ...metadata } = object.metadata;
  const conditions = fieldOf(row, "conditions") as object[] | undefined;
  const cells = elementsOf(row, "cells").slice(0, columns);
  return { cells, ...(conditions && { conditions }), object: { ...object, metadata } };
}
