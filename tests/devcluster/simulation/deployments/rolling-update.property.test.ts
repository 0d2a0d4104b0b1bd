import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { nextReplicas, rolloutLimits, type Replicas } from "#devcluster/simulation/deployments/rolling-update.ts";

const share = fc.oneof(
  fc.integer({ min: 0, max: 6 }),
  fc.integer({ min: 0, max: 100 }).map((percent) => `${percent}%`),
);

test("a rollout never has too many pods nor too few that are available, and comes to an end", () => {
  fc.assert(
    fc.property(
      fc.record({ desired: fc.integer({ min: 0, max: 12 }), maxSurge: share, maxUnavailable: share }),
      fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 3 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 20, maxLength: 20 }),
      ({ desired, ...update }, oldReplicas, luck) => {
        const limits = rolloutLimits(desired, update);
        let newest: Replicas = { replicas: 0, available: 0 };
        let old: readonly Replicas[] = oldReplicas.map((replicas) => ({ replicas, available: replicas }));
        const startTotal = total([newest, ...old]);
        const startAvailable = available(old);
        for (let step = 0; step < 400; step++) {
          const next = nextReplicas(limits, newest, old);
          // Pods end at once; new ones become available when they are lucky, in the end all of them.
          const chance = luck[step] ?? 1;
          old = old.map((set, i) => kept(set, next.old[i] ?? 0));
          newest = grown(kept(newest, next.newest), chance);
          assert.ok(total([newest, ...old]) <= Math.max(startTotal, desired + limits.maxSurge), "not too many");
          const least = Math.min(startAvailable, desired - limits.maxUnavailable);
          assert.ok(available([newest, ...old]) >= least, "not too few");
        }
        assert.deepEqual([newest.replicas, ...old.map(({ replicas }) => replicas)], [desired, ...old.map(() => 0)]);
      },
    ),
    { seed: 1, numRuns: 500 },
  );
});

test("percentages of surge are rounded up, those of unavailability down; both 0 means one at a time", () => {
  assert.deepEqual(rolloutLimits(3, {}), { desired: 3, maxSurge: 1, maxUnavailable: 0 });
  assert.deepEqual(rolloutLimits(10, { maxSurge: "50%", maxUnavailable: 2 }), {
    desired: 10,
    maxSurge: 5,
    maxUnavailable: 2,
  });
  assert.deepEqual(rolloutLimits(4, { maxSurge: 0, maxUnavailable: "0%" }), {
    desired: 4,
    maxSurge: 0,
    maxUnavailable: 1,
  });
});

function kept({ available }: Replicas, replicas: number): Replicas {
  return { replicas, available: Math.min(available, replicas) };
}

function grown({ replicas, available }: Replicas, chance: number): Replicas {
  return { replicas, available: available + Math.floor((replicas - available) * chance) };
}

function total(sets: readonly Replicas[]): number {
  return sets.reduce((sum, { replicas }) => sum + replicas, 0);
}

function available(sets: readonly Replicas[]): number {
  return sets.reduce((sum, set) => sum + set.available, 0);
}
