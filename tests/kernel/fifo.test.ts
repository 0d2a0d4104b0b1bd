import assert from "node:assert/strict";
import { test } from "node:test";

import { Fifo } from "#kernel/fifo.ts";

function drain<T>(fifo: Fifo<T>): T[] {
  return Array.from({ length: fifo.size }, () => fifo.shift() as T);
}

test("a FIFO gives back in the order in which it was given", () => {
  const fifo = new Fifo<string>();
  for (const value of ["a", "b", "c"]) fifo.push(value);
  assert.deepEqual(drain(fifo), ["a", "b", "c"]);
  assert.equal(fifo.shift(), undefined);
});

for (const position of [0, 1, 2]) {
  test(`an entry leaves a FIFO early from position ${position}, once`, () => {
    const fifo = new Fifo<string>();
    const entries = ["a", "b", "c"].map((value) => fifo.push(value));
    const entry = entries[position];
    assert.ok(entry);
    fifo.remove(entry);
    fifo.remove(entry);
    fifo.push("d");
    assert.deepEqual(
      drain(fifo),
      ["a", "b", "c", "d"].filter((_, index) => index !== position),
    );
  });
}
