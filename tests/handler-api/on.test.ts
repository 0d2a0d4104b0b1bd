import assert from "node:assert/strict";
import { test } from "node:test";

import { on } from "#handler-api/on.ts";

const MARK = Symbol.for("informd.handler");

test("on keeps the resource, the options and the handler, under a mark that other copies of it know", () => {
  const handler = (): void => {};
  const options = { timeout: "5s" };
  assert.deepEqual(on("pods", options, handler), { [MARK]: 1, resource: "pods", options, handler });
});

test("on without options has empty ones", () => {
  const handler = (): void => {};
  assert.deepEqual(on("pods", handler), { [MARK]: 1, resource: "pods", options: {}, handler });
});

test("on without a resource or a handler throws at its call and says what is missing", () => {
  const given =
    (...args: readonly unknown[]) =>
    () =>
      Reflect.apply(on, undefined, args);
  assert.throws(given({ resource: "pods" }), {
    name: "TypeError",
    message: 'Cannot use on(…): its first argument must be a resource such as "pods"; got object',
  });
  assert.throws(given("pods", {}), {
    name: "TypeError",
    message: 'Cannot use on("pods", …): its last argument must be the handler, a function; got object',
  });
});
