import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";

import { Heap } from "#kernel/heap.ts";

function drain<T>(heap: Heap<T>): T[] {
  const values: T[] = [];
  for (let first = heap.first; first; first = heap.first) {
    heap.remove(first);
    values.push(first.value);
  }
  return values;
}

test("a heap gives the smallest priority first, equal ones in the order in which they came", () => {
  const heap = new Heap<string>();
  for (const [value, priority] of [
    ["c", 3],
    ["a", 1],
    ["b", 2],
    ["a2", 1],
  ] as const)
    heap.push(value, priority);
  assert.deepEqual(drain(heap), ["a", "a2", "b", "c"]);
});

test("entries leave a heap early, and the rest stays in order", () => {
  fc.assert(
    fc.property(fc.array(fc.record({ priority: fc.nat(20), leaves: fc.boolean() }), { maxLength: 60 }), (items) => {
      const heap = new Heap<number>();
      const entries = items.map(({ priority }, index) => heap.push(index, priority));
      for (const [index, entry] of entries.entries()) if (items[index]?.leaves) heap.remove(entry);
      const stay = items.map((item, index) => ({ ...item, index })).filter(({ leaves }) => !leaves);
      assert.equal(heap.size, stay.length);
      assert.deepEqual(
        drain(heap),
        stay.sort((a, b) => a.priority - b.priority || a.index - b.index).map(({ index }) => index),
      );
    }),
    { seed: 1, numRuns: 500 },
  );
});

test("removing an entry of a heap twice changes nothing", () => {
  const heap = new Heap<string>();
  const entry = heap.push("a", 1);
  heap.push("b", 2);
  heap.remove(entry);
  heap.remove(entry);
  assert.deepEqual(drain(heap), ["b"]);
});
