import assert from "node:assert/strict";
import { test } from "node:test";
import { UnansweredCalls } from "#sandbox/unanswered-calls.ts";

const MIB = 2 ** 20;

function setUp() {
  const told: string[] = [];
  const calls = new UnansweredCalls({ pause: () => told.push("pause"), resume: () => told.push("resume") });
  return { calls, told };
}

test("calls with more than 8 MiB in all pause the process until answers have gone out", () => {
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

test("64 small calls pause nothing, and one more breaks the protocol", () => {
  const { calls, told } = setUp();
  const answers = Array.from({ length: 64 }, () => calls.add(100));
  assert.throws(() => calls.add(100), { code: "PROTOCOL", message: "more than 64 calls at a time" });
  answers[0]?.();
  calls.add(100);
  assert.deepEqual(told, []);
});
