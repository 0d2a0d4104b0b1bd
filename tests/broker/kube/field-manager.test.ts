import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { fieldManagerOf } from "#broker/kube/field-manager.ts";

test("a handler's fields belong to informd and its id", () => {
  assert.equal(fieldManagerOf("billing/invoice-paid#late"), "informd:billing/invoice-paid#late");
});

test("an id of any length gives a name of at most 128 characters", () => {
  assert.equal(fieldManagerOf("x".repeat(120)), `informd:${"x".repeat(120)}`);
  assert.match(fieldManagerOf("x".repeat(121)), /^informd:x{107}-[0-9a-f]{12}$/);
});

test("two long ids that begin alike give two names", () => {
  assert.notEqual(fieldManagerOf(`${"x".repeat(200)}a`), fieldManagerOf(`${"x".repeat(200)}b`));
});

test("an id with characters that the API server does not print gives a printable name", () => {
  assert.match(fieldManagerOf("grüße\n-added"), /^informd:gr__e_-added-[0-9a-f]{12}$/);
});

test("whatever the id, the name is printable ASCII of 1 to 128 characters", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (id) => {
      assert.match(fieldManagerOf(id), /^informd:[ -~]{0,120}$/);
    }),
    { seed: 20_261_128 },
  );
});
