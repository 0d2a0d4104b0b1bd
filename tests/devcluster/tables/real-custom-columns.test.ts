import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { ApiObject } from "#devcluster/api-object.ts";
import type { PrinterColumn } from "#devcluster/registry/served-resource.ts";
import { tableForm } from "#devcluster/tables/table-form.ts";
import { elementsOf, fieldOf } from "#kernel/json-value.ts";
import { skipWithoutApiServer, startKubeApiServer, type KubeApiServer } from "../../support/kube-api-server.ts";
import { jsonAt } from "../support/api-server-calls.ts";
import { customResource } from "../support/served-resources.ts";
import { ago } from "../support/samples/sample.ts";

const PATHS = [
  ".spec.value",
  ".spec.list[0]",
  ".spec.list[1].name",
  ".spec.list[-1]",
  ".spec.list[-1:]",
  ".spec.list[0:1]",
  ".spec.list[1:].name",
  ".spec.list[5]",
  ".spec.list[*]",
  ".spec.list[*].name",
  ".spec.map['a.b/c']",
  ".spec.map.a\\.b/c",
  ".spec.map['a\\.b/c']",
  ".spec.map['x']",
  ".spec.map.x",
  ".spec.map.x.y",
  ".spec.map",
  ".spec.list[?(@.name=='b')].size",
  '.spec.list[?(@.name=="b")].size',
  ".spec.list[?(@.name!='b')].size",
  ".spec.list[?(@.size>1)].name",
  ".spec.list[?(@.size<=1)].name",
  ".spec.list[?(@.flag)].name",
  ".spec.list[?(@.flag==true)].name",
  ".spec.list[?(@.deep.er=='x')].name",
  ".metadata.labels.colour",
  ".metadata.name",
  ".kind",
];
const TYPES = ["string", "integer", "number", "boolean", "date"];
const VALUES = (): readonly unknown[] => [
  ...AGES.map((seconds) => ago(seconds)),
  "text",
  "",
  "2020-01-01T00:00:00Z",
  "2020-01-01",
  1,
  0,
  -5,
  1.5,
  1.9,
  1e-7,
  123456789012,
  12345678.5,
  -0.00012,
  0.00001,
  999999.5,
  1000000.5,
  true,
  false,
  [1, "a"],
  [],
  { b: 1, a: { c: "<&>" } },
  {},
  null,
];
/** Seconds, on both sides of every change of unit. */
const AGES = [
  -100, -2, 1, 90, 150, 180, 590, 610, 660, 10_700, 10_900, 14_400, 28_700, 28_900, 172_000, 173_000, 259_000,
].concat([260_000, 345_600, 690_000, 692_000, 7e6, 63e6, 64e6, 94_608_000, 1e8, 252e6, 253e6, 1e9]);
const LIST = [
  { name: "a", size: 1, flag: true },
  { name: "b", size: 2, deep: { er: "x" } },
  { name: "c", size: 3, flag: false },
];
const COLUMNS: readonly PrinterColumn[] = [
  ...TYPES.map((type) => ({ name: type, type, jsonPath: ".spec.value" })),
  ...PATHS.map((jsonPath, i) => ({ name: `path ${i}`, type: "string", jsonPath, priority: i % 2, format: "byte" })),
  { name: "made", type: "date", jsonPath: ".metadata.creationTimestamp", description: "when" },
];
const TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

describe("custom columns equal those of a real server", { skip: skipWithoutApiServer }, () => {
  let server: KubeApiServer;

  before(async () => {
    server = await startKubeApiServer();
    await server.apply(definition("Widget", COLUMNS), definition("Plain", []));
    await server.kubectl("wait", "--for=condition=Established", "crd", "--all");
    await server.apply(
      ...VALUES().map((value, i) =>
        custom("Widget", `v${i}`, { value, list: LIST, map: { "a.b/c": "quoted", x: "plain" } }),
      ),
      custom("Widget", "bare", {}),
      custom("Plain", "plain", {}),
    );
  });
  after(() => server.stop());

  test("of every type and path", async () => {
    const { theirs, ours } = await tables("widgets", COLUMNS);
    assert.deepEqual(ours, theirs);
  });

  test("of a definition without columns", async () => {
    const { theirs, ours } = await tables("plains", undefined);
    assert.deepEqual(ours, theirs);
  });

  async function tables(
    plural: string,
    columns: readonly PrinterColumn[] | undefined,
  ): Promise<{ theirs: unknown; ours: unknown }> {
    const start = Date.now();
    const table = await jsonAt(server, `/apis/example.com/v1/${plural}?includeObject=Object`, TABLE);
    const rows = elementsOf(table, "rows");
    const custom = { columns, scale: undefined };
    const theirs = shape(
      elementsOf(table, "columnDefinitions"),
      rows.map((row) => elementsOf(row, "cells")),
    );
    const candidates = [start, Date.now()].map((now) => {
      const form = tableForm(customResource("example.com", "v1", "Widget", { custom }), { now: () => now });
      return shape(
        form.columns,
        rows.map((row) => form.row(fieldOf(row, "object") as ApiObject).cells),
      );
    });
    const same = candidates.find((candidate) => JSON.stringify(candidate) === JSON.stringify(theirs));
    return { theirs, ours: same ?? candidates[0] };
  }
});

/** Cells under the path that made them, for failures that can be read. */
function shape(columns: readonly unknown[], rows: readonly (readonly unknown[])[]): unknown {
  const names = ["name", ...COLUMNS.map(({ name, jsonPath }) => `${name} ${jsonPath}`)];
  return {
    columns: columns.map((column) => ({ ...(column as object), description: "" })),
    rows: rows.map((cells) => cells.map((cell, i) => `${names[i]}: ${JSON.stringify(cell)}`)),
  };
}

function custom(kind: string, name: string, spec: object): object {
  return {
    apiVersion: "example.com/v1",
    kind,
    metadata: { name, namespace: "default", labels: { colour: "red" } },
    spec,
  };
}

function definition(kind: string, columns: readonly PrinterColumn[]): object {
  const plural = `${kind.toLowerCase()}s`;
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.example.com` },
    spec: {
      group: "example.com",
      scope: "Namespaced",
      names: { plural, kind },
      versions: [{ name: "v1", served: true, storage: true, schema, additionalPrinterColumns: columns }],
    },
  };
}
