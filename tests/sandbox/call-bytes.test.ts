import assert from "node:assert/strict";
import { test } from "node:test";
import { CallBytes } from "#sandbox/call-bytes.ts";

const MIB = 2 ** 20;

function setUp() {
  const told: string[] = [];
  const calls = new CallBytes({ pause: () => told.push("pause"), resume: () => told.push("resume") });
  return { calls, told };
}

test("calls with more than 8 MiB in all pause the guest until enough of them have ended", () => {
  const { calls, told } = setUp();
  const answers = [5, 3, 2, 1].map((mib) => calls.add(mib * MIB));
  assert.deepEqual(told, ["pause"]);
  answers[3]?.();
  assert.deepEqual(told, ["pause"]);
  answers[0]?.();
  assert.deepEqual(told, ["pause", "resume"]);
  calls.add(4 * MIB);
  assert.deepEqual(told, ["pause", "resume", "pause"]);
});
