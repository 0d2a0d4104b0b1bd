import assert from "node:assert/strict";
import { test } from "node:test";
import { CallBytes } from "#sandbox/call-bytes.ts";

const MIB = 2 ** 20;

test("there is room for calls with 16 MiB in all, and again when enough of them have ended", () => {
  const calls = new CallBytes();
  const [first, second] = [calls.add(8 * MIB), calls.add(7 * MIB)];
  assert.equal(calls.add(2 * MIB), undefined);
  assert.ok(calls.add(MIB));
  first?.();
  assert.ok(calls.add(8 * MIB));
  assert.equal(calls.add(1), undefined);
  second?.();
  assert.ok(calls.add(7 * MIB));
});

test("a call that is alone has room, however large it is", () => {
  const calls = new CallBytes();
  const ended = calls.add(60 * MIB);
  assert.ok(ended);
  assert.equal(calls.add(1), undefined);
  ended();
  assert.ok(calls.add(1));
});
