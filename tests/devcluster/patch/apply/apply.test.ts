import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import type { ApiObject } from "#devcluster/api-object.ts";
import { StatusError } from "#devcluster/api-status.ts";
import { type Apply, applyConfiguration } from "#devcluster/patch/apply/apply.ts";
import { mergeConfiguration } from "#devcluster/patch/apply/merge-configuration.ts";
import { recordUpdate } from "#devcluster/patch/owners/record-update.ts";
import { mergePatch } from "#devcluster/patch/merge-patch.ts";
import { customSchema } from "#devcluster/registry/custom/custom-schema.ts";
import type { JsonRecord } from "#kernel/json-value.ts";
import { WIDGET_SCHEMA } from "../../captured/widgets.ts";

const HEADER = { apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "w" } };
const schema = customSchema(WIDGET_SCHEMA);
const RUNS = { seed: 9, numRuns: 150 };

const TEXT = fc.constantFrom("1", "2");
const map = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.dictionary(fc.constantFrom("a", "b", "c"), value, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
const optional = (members: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<JsonRecord> =>
  fc.record(members, { requiredKeys: [], noNullPrototype: true });

const PART = fc.record(
  { name: fc.constantFrom("p", "q", "r"), kind: fc.constantFrom("std", "alt"), value: fc.nat(1), more: map(TEXT) },
  { requiredKeys: ["name", "kind"], noNullPrototype: true },
);
/** Maps and lists with owners within are never empty: such a one says nothing, and what it would leave is null. */
const SPEC = optional({
  size: fc.nat(2),
  tags: fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"), { minLength: 1 }),
  parts: fc.uniqueArray(PART, { minLength: 1, maxLength: 3, selector: ({ name, kind }) => `${name} ${kind}` }),
  settings: map(TEXT),
  fixed: map(TEXT),
  plain: fc.array(TEXT, { maxLength: 2 }),
  nested: map(TEXT).map(({ a = "0", b }) => ({ x: { y: a, ...(b !== undefined && { z: b }) } })),
});
const CONFIGURATION = SPEC.map((spec) => ({ ...HEADER, spec: { ...spec, port: 1 } }));
const WRITE = fc.record({
  type: fc.constantFrom("apply", "update"),
  manager: fc.constantFrom("m1", "m2"),
  configuration: CONFIGURATION,
});
const HISTORY = fc.array(WRITE, { minLength: 1, maxLength: 5 });

function applyBy(manager: string, force = true): Apply {
  return { ...HEADER, manager, force, schema, subresource: "", now: Date.UTC(2026, 0, 1) };
}

/** An object that has been written some times. */
function objectAfter(history: readonly (typeof WRITE extends fc.Arbitrary<infer T> ? T : never)[]): ApiObject {
  let object: ApiObject | undefined;
  for (const { type, manager, configuration } of history) {
    if (type === "apply" || !object) object = applyConfiguration(object, configuration, applyBy(manager));
    else object = recordUpdate(object, mergePatch(object, configuration) as ApiObject, applyBy(manager));
  }
  return object ?? assert.fail("nothing was written");
}

suite("server-side apply, whatever came before", () => {
  test("a forced apply succeeds, and the object has what the configuration says", () => {
    fc.assert(
      fc.property(HISTORY, CONFIGURATION, (history, configuration) => {
        const object = applyConfiguration(objectAfter(history), configuration, applyBy("m1"));
        assert.deepEqual(mergeConfiguration(object, configuration, schema), object);
      }),
      RUNS,
    );
  });

  test("an apply again changes nothing, forced or not", () => {
    fc.assert(
      fc.property(HISTORY, CONFIGURATION, fc.boolean(), (history, configuration, force) => {
        const once = applyConfiguration(objectAfter(history), configuration, applyBy("m1"));
        const again = applyConfiguration(once, configuration, { ...applyBy("m1", force), now: Date.UTC(2026, 0, 2) });
        assert.deepEqual(again, once);
      }),
      RUNS,
    );
  });

  test("an apply without force does what a forced one does, or nothing", () => {
    fc.assert(
      fc.property(HISTORY, CONFIGURATION, (history, configuration) => {
        const before = objectAfter(history);
        const untouched = structuredClone(before);
        try {
          const object = applyConfiguration(before, configuration, applyBy("m1", false));
          assert.deepEqual(object, applyConfiguration(before, configuration, applyBy("m1")));
        } catch (error) {
          assert.ok(error instanceof StatusError);
          assert.equal(error.status.reason, "Conflict");
        }
        assert.deepEqual(before, untouched);
      }),
      RUNS,
    );
  });

  test("what a new manager brings is gone once it applies nothing, and all else is as before", () => {
    fc.assert(
      fc.property(HISTORY, SPEC, (history, spec) => {
        const before = objectAfter(history);
        const known = new Set(Object.keys(before["spec"] as JsonRecord));
        const brought = Object.fromEntries(Object.entries(spec).filter(([name]) => !known.has(name)));
        const applied = applyConfiguration(before, { ...HEADER, spec: { ...brought, port: 1 } }, applyBy("m3"));
        assert.deepEqual(applyConfiguration(applied, HEADER, applyBy("m3")), before);
      }),
      RUNS,
    );
  });
});
