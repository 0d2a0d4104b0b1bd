import assert from "node:assert/strict";
import { test } from "node:test";
import { ByHandler } from "#broker/by-handler.ts";

function numbered(): ByHandler<number> {
  let next = 1;
  return new ByHandler(() => next++);
}

test("what a handler has stays the same through its revisions and renames", () => {
  const things = numbered();
  assert.deepEqual([things.of("a"), things.of("b"), things.of("a")], [1, 2, 1]);
  things.rename("a", "c");
  assert.deepEqual([things.of("c"), things.of("a")], [1, 3]);
});

test("a handler that was removed and comes again begins anew", () => {
  const things = numbered();
  things.of("a");
  things.remove("a");
  assert.equal(things.of("a"), 2);
});

test("the rename of a handler that has nothing yet changes nothing", () => {
  const things = numbered();
  things.of("b");
  things.rename("a", "b");
  assert.deepEqual([things.of("b"), [...things.values()]], [1, [1]]);
});
