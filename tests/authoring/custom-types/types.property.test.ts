import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { objectOf } from "../../support/schema-arbitrary.ts";
import { typesTextOf } from "../../support/made-types.ts";
import { compileHandlers } from "../../support/type-project.ts";

/** The compiler takes a second to start, and hardly more for many. */
const SCHEMAS = 150;
const SEED = 20_260_801;

function definition(at: number, schema: object): object {
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    spec: {
      group: `g${at % 7}.example.com`,
      scope: "Namespaced",
      names: { plural: `things${at}`, kind: `Thing${at}` },
      versions: [
        { name: "v1", served: true, schema: { openAPIV3Schema: { type: "object", properties: { spec: schema } } } },
      ],
    },
  };
}

test("whatever a schema says, its type compiles and takes what the schema takes", async () => {
  const samples = fc.sample(objectOf(), { numRuns: SCHEMAS, seed: SEED });
  const list = { kind: "List", items: samples.map(({ schema }, at) => definition(at, schema)) };
  const types = await typesTextOf(JSON.stringify(list));
  const values = samples.map(({ value }, at) => {
    return `export const value${at}: NonNullable<V1Thing${at}["spec"]> = ${literal(value)};`;
  });
  const findings = await compileHandlers({ "types.ts": `${types}\n${values.join("\n")}` });
  assert.deepEqual(findings.slice(0, 3), [], `seed ${SEED}\n${samplesAt(findings, samples)}`);
});

/** JSON, except that `__proto__` is a key like any other. */
function literal(value: unknown): string {
  return JSON.stringify(value).replaceAll(/"__proto__":/g, '["__proto__"]:');
}

function samplesAt(findings: readonly string[], samples: readonly unknown[]): string {
  const places = findings.slice(0, 3).flatMap((finding) => /(?:value|Thing)(\d+)/.exec(finding)?.[1] ?? []);
  return places.map((at) => JSON.stringify(samples[Number(at)], undefined, 1)).join("\n");
}
