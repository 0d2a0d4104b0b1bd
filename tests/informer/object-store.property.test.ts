import assert from "node:assert/strict";
import { test } from "node:test";

import * as fc from "fast-check";

import { ObjectStore } from "#informer/store/object-store.ts";
import { parseObject, type RawObject } from "#resources/raw-object.ts";
import { StructuralScan } from "#resources/structural-scan.ts";
import { pod, scanned, type KubernetesObject } from "../support/objects.ts";

const objects = fc
  .record({
    name: fc.constantFrom("a", "b", "c", "d", "e", "f"),
    namespace: fc.constantFrom("one", "two"),
    resourceVersion: fc.nat(1_000_000).map(String),
    labels: fc.dictionary(fc.constantFrom("app", "tier", "__proto__"), fc.constantFrom("x", "y"), {
      noNullPrototype: true,
    }),
  })
  .chain((metadata) => fc.nat(3000).map((length) => pod(metadata, { spec: { filler: "x".repeat(length) } })));

const steps = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant("put" as const), object: objects }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("remove" as const), object: objects }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("discard" as const), object: objects }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant("replaceAll" as const), objects: fc.array(objects, { maxLength: 8 }) }),
  },
);

function keyOf({ metadata }: KubernetesObject): string {
  return `${metadata?.namespace}/${metadata?.name}`;
}

function assertSame(store: ObjectStore, expected: ReadonlyMap<string, KubernetesObject>): void {
  assert.deepEqual(new Set(store.keys()), new Set(expected.keys()));
  for (const [key, object] of expected) {
    const found = store.get(key);
    assert.ok(found);
    assert.deepEqual(parseObject(found), object);
    assert.deepEqual({ ...found.labels }, { ...object.metadata?.labels });
    assert.equal(found.resourceVersion, object.metadata?.resourceVersion);
  }
  for (const namespace of ["one", "two"]) {
    const keys = [...expected.keys()].filter((key) => key.startsWith(namespace));
    assert.deepEqual(store.indexKeys("namespace", namespace), keys.toSorted());
  }
}

function retireFormer(store: ObjectStore, former: Iterable<RawObject>): void {
  for (const object of former) store.retire(object);
}

test("a store holds what a map of parsed objects would hold, and its memory is that of its objects", () => {
  const property = fc.property(fc.array(steps, { maxLength: 40, size: "max" }), (schedule) => {
    const store = new ObjectStore();
    const expected = new Map<string, KubernetesObject>();
    for (const step of schedule) {
      switch (step.type) {
        case "put": {
          const old = store.put(store.admit(scanned(step.object)));
          assert.equal(old === undefined, !expected.has(keyOf(step.object)));
          if (old) store.retire(old);
          expected.set(keyOf(step.object), step.object);
          break;
        }
        case "remove": {
          const old = store.remove(keyOf(step.object));
          if (old) store.retire(old);
          expected.delete(keyOf(step.object));
          break;
        }
        case "discard":
          store.discard(store.admit(scanned(step.object)));
          break;
        case "replaceAll": {
          const former = store.replaceAll(step.objects.map((object) => store.admit(scanned(object))));
          retireFormer(store, former.values());
          expected.clear();
          for (const object of step.objects) expected.set(keyOf(object), object);
          break;
        }
      }
    }
    assertSame(store, expected);
    retireFormer(store, store.replaceAll([]).values());
    assert.equal(store.memory.usedBytes, 0);
  });
  fc.assert(property, { seed: 9, numRuns: 300 });
});

test("a store's memory stays near its content when every object of a list is updated by a watch", () => {
  const scan = new StructuralScan();
  const typeMeta = { kind: "Pod", apiVersion: "v1" };
  const store = new ObjectStore();
  const put = (text: string, isListItem: boolean): void => {
    const buffer = Buffer.from(text);
    const found = scan.object(buffer, 0, buffer.length, isListItem ? typeMeta : undefined);
    assert.ok(found);
    const old = store.put(store.admit(found));
    if (old) store.retire(old);
  };
  const spec = { filler: "x".repeat(5400) };
  for (let i = 0; i < 3000; i++) put(JSON.stringify({ metadata: { name: `p${i}` }, spec }), true);
  const afterList = store.memory;
  for (let i = 0; i < 3000; i++) put(JSON.stringify({ ...typeMeta, metadata: { name: `p${i}` }, spec }), false);
  assert.deepEqual(store.memory, afterList, "both are stored with kind and apiVersion, hence in equal places");
});
