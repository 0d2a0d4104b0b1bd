import assert from "node:assert/strict";
import * as fc from "fast-check";
import { test } from "node:test";
import { ACTIONS, type Action } from "../support/reload-actions.ts";
import { ReloadWorld } from "../support/reload-world.ts";

const SCHEDULES = Number(process.env["SCHEDULES"] ?? 5_000);

const action: fc.Arbitrary<Action> = fc.record({
  type: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<Action["type"]>("write", "endRun") },
    { weight: 2, arbitrary: fc.constantFrom(...ACTIONS) },
  ),
  a: fc.nat(99),
  b: fc.nat(99),
  pause: fc.boolean(),
});

test("reload loses nothing, doubles nothing, keeps the order and never runs the wrong type, whatever is saved and whatever dies", async () => {
  const counts = { runs: 0, swaps: 0, finished: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 40, size: "max" }), async (actions) => {
      const world = new ReloadWorld();
      await world.play(actions);
      assert.deepEqual(world.referee.violations, []);
      counts.runs += world.referee.counts.runs;
      counts.swaps += world.referee.counts.swaps;
      counts.finished += world.referee.counts.finished;
    }),
    { seed: Number(process.env["SEED"] ?? 20_261_125), numRuns: SCHEDULES },
  );
  assert.ok(Math.min(counts.finished, counts.swaps) > SCHEDULES, JSON.stringify(counts));
});
