import assert from "node:assert/strict";
import { test } from "node:test";
import { validateBuiltIn } from "#devcluster/registry/validation/built-in-validation.ts";
import { builtInSchema } from "#devcluster/schema/built-in/built-in-schemas.ts";
import { applyDefaults } from "#devcluster/schema/defaults/default-values.ts";
import { isRecord, type JsonRecord } from "#kernel/json-value.ts";

const JOBS = { group: "batch", plural: "jobs", namespaced: true };
const TEMPLATE = { spec: { restartPolicy: "Never", containers: [{ name: "c", image: "nginx" }] } };

test("what a job does cannot change", () => {
  assert.deepEqual(changed({}, { completions: 5, completionMode: "Indexed" }), [
    "spec.completions: Invalid value: 5: field is immutable",
    'spec.completionMode: Invalid value: "Indexed": field is immutable',
  ]);
  const [cause = ""] = changed({}, { template: { spec: { ...TEMPLATE.spec, restartPolicy: "OnFailure" } } });
  assert.match(cause, /^spec\.template: Invalid value: .*: field is immutable$/);
});

test("how fast a job is done can change", () => {
  assert.deepEqual(changed({}, { completions: 1, parallelism: 5, backoffLimit: 2, suspend: true }), []);
});

test("an indexed job grows with what it needs", () => {
  const indexed = { completionMode: "Indexed", completions: 1, parallelism: 1 };

  assert.deepEqual(changed(indexed, { ...indexed, completions: 3, parallelism: 3 }), []);
});

test("where the pods of a suspended job run can change until it begins", () => {
  const moved = { template: { spec: { ...TEMPLATE.spec, nodeSelector: { disk: "ssd" } } } };

  assert.deepEqual(changed({ suspend: true }, moved), []);
  assert.equal(changed({}, moved).length, 1);
});

test("a job selects what the server says, unless it asks to do so itself", () => {
  const selector = { matchLabels: { a: "b" } };
  const template = { ...TEMPLATE, metadata: { labels: { a: "b" } } };
  const causes = (spec: JsonRecord): string[] =>
    fieldsAndMessages(validateBuiltIn(JOBS, job({ selector, template, ...spec })));

  assert.deepEqual(causes({}), [
    'spec.selector: Invalid value: {"matchLabels":{"a":"b"}}: `selector` not auto-generated',
  ]);
  assert.deepEqual(causes({ manualSelector: true }), []);
});

function changed(before: JsonRecord, after: JsonRecord): string[] {
  return fieldsAndMessages(validateBuiltIn(JOBS, job(after), job(before)));
}

function fieldsAndMessages(causes: ReturnType<typeof validateBuiltIn>): string[] {
  return causes.map(({ field, message }) => `${field}: ${message}`);
}

function job(spec: JsonRecord): JsonRecord {
  const metadata = { name: "j", namespace: "default" };
  const value = applyDefaults(builtInSchema("batch.v1.Job"), { metadata, spec: { template: TEMPLATE, ...spec } });
  assert.ok(isRecord(value));
  return value;
}
