import assert from "node:assert/strict";
import { test } from "node:test";
import { outcomeOf } from "#supervisor/outcome.ts";

const ERROR = { name: "TypeError", message: "boom", stack: "TypeError: boom\n    at watch.ts:1:1" };
const GUEST_ERROR = { ...ERROR, code: undefined, at: undefined };

test("run that returned is done, with the delay it asked for", () => {
  assert.deepEqual(outcomeOf({ type: "returned", requeueAfterMs: undefined }, 1), { type: "done" });
  assert.deepEqual(outcomeOf({ type: "returned", requeueAfterMs: 5 }, 1), { type: "done", requeueAfterMs: 5 });
});

test("run that threw has failed, later or for ever if the error says so", () => {
  const threw = { type: "threw", error: GUEST_ERROR, retryAfterMs: undefined, permanent: false } as const;
  assert.deepEqual(outcomeOf(threw, 1), { type: "failed", error: ERROR });
  assert.deepEqual(outcomeOf({ ...threw, retryAfterMs: 9 }, 1), { type: "failed", error: ERROR, retryAfterMs: 9 });
  assert.deepEqual(outcomeOf({ ...threw, permanent: true }, 1), { type: "permanent", error: ERROR });
});

const OVERRUNS = {
  blocked: "its event loop was blocked",
  unsettled: "its promise never settled, the event loop was free",
  late: "it ended only when its signal told it to",
} as const;

for (const how of ["blocked", "unsettled", "late"] as const) {
  test(`run that passed its deadline says why: ${how}`, () => {
    const outcome = outcomeOf({ type: "timedOut", how }, 2_500);
    assert.equal("error" in outcome && outcome.error.message, `timed out after 2500 ms: ${OVERRUNS[how]}`);
  });
}

test("run whose process died has crashed, unless another run was the cause", () => {
  const crashed = outcomeOf({ type: "crashed", reason: "out of memory (64 MiB)" }, 1);
  assert.equal(crashed.type === "crashed" && crashed.error.message, "out of memory (64 MiB)");
  assert.deepEqual(outcomeOf({ type: "innocent" }, 1), { type: "innocent" });
});
