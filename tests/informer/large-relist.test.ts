import assert from "node:assert/strict";
import { test } from "node:test";

import type { Timer } from "#kernel/clock.ts";
import { CacheRig, many } from "../support/cache-rig.ts";
import { FakeClock } from "../support/fake-clock.ts";

const COUNT = 50_000;

/** The event loop, turned by hand. */
class TurnClock extends FakeClock {
  readonly #turns: (() => void)[] = [];

  override setTimer(_delayMs: number, run: () => void): Timer {
    this.#turns.push(run);
    return { cancel: () => {} };
  }

  /** False when nothing was left to do. */
  turn(): boolean {
    const run = this.#turns.shift();
    run?.();
    return run !== undefined;
  }
}

function filledRig() {
  const clock = new TurnClock();
  const rig = new CacheRig(clock);
  rig.replace(many(COUNT));
  while (clock.turn());
  rig.told.length = 0;
  return { clock, rig };
}

test("a relist of 50,000 objects is worked off in many turns of the event loop, and readers see either all of it or nothing", () => {
  const { clock, rig } = filledRig();
  const versions = new Set<string>();
  let turns = 0;
  let mostInOneTurn = 0;
  let before = 0;
  rig.replace(many(COUNT, "2"), "200");
  do {
    turns += 1;
    mostInOneTurn = Math.max(mostInOneTurn, rig.told.length - before);
    before = rig.told.length;
    versions.add(
      `${rig.store.get("default/pod0")?.resourceVersion} ${rig.store.get("default/pod49999")?.resourceVersion}`,
    );
    assert.equal(rig.store.byIndex("namespace", "default").length, COUNT);
  } while (clock.turn());
  assert.deepEqual([...versions], ["1 1", "2 2"]);
  assert.equal(rig.told.length, COUNT);
  assert.equal(mostInOneTurn <= 500, true);
  assert.equal(turns > 100, true);
});

test("an index that is added during a relist covers the old content and the new", () => {
  const { clock, rig } = filledRig();
  rig.replace(many(COUNT, "2"), "200");
  rig.store.addIndexers({ version: ({ resourceVersion }) => [resourceVersion] });
  assert.equal(rig.store.byIndex("version", "1").length, COUNT);
  while (clock.turn());
  assert.deepEqual([rig.store.byIndex("version", "1").length, rig.store.byIndex("version", "2").length], [0, COUNT]);
});

test("a relist of 50,000 unchanged objects tells nothing and keeps the memory as it was", () => {
  const { clock, rig } = filledRig();
  const { usedBytes } = rig.store.memory;
  rig.replace(many(COUNT), "200");
  while (clock.turn());
  assert.deepEqual([rig.told.length, rig.store.memory.usedBytes], [0, usedBytes]);
});
