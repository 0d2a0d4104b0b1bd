import assert from "node:assert/strict";
import { test } from "node:test";

import * as fc from "fast-check";

import { SlabArena } from "#informer/store/slab-arena.ts";
import { randomFrom } from "../support/random.ts";

const SLAB_BYTES = 4 * 1024 * 1024;

interface Range {
  readonly address: number;
  readonly byteLength: number;
  readonly fill: number;
}

/** Allocates and releases at random, and knows what must be where. */
class Model {
  readonly arena = new SlabArena();
  readonly #ranges: Range[] = [];
  #fill = 0;

  allocate(byteLength: number): void {
    const fill = this.#fill++ % 256;
    const address = this.arena.allocate(byteLength);
    this.arena.view(address, byteLength).fill(fill);
    this.#ranges.push({ address, byteLength, fill });
  }

  /** Checks a range as it goes. */
  release(choice: number): void {
    const [range] = this.#ranges.splice(choice % Math.max(1, this.#ranges.length), 1);
    if (!range) return;
    assertIntact(this.arena, range);
    this.arena.release(range.address, range.byteLength);
  }

  /** As an update does it: the new version has its place before the old one is given back. */
  replace(choice: number, byteLength: number): void {
    this.allocate(byteLength);
    this.release(choice % Math.max(1, this.#ranges.length - 1));
  }

  check(): void {
    for (const range of this.#ranges) assertIntact(this.arena, range);
    const units = this.#ranges.reduce((sum, { byteLength }) => sum + Math.ceil(byteLength / 64), 0);
    assert.equal(this.arena.usedBytes, units * 64);
    assert.ok(this.arena.allocatedBytes >= this.arena.usedBytes);
  }
}

function assertIntact(arena: SlabArena, { address, byteLength, fill }: Range): void {
  const view = arena.view(address, byteLength);
  assert.equal(view.length, byteLength);
  assert.ok(
    view.every((byte) => byte === fill),
    `range at ${address} was overwritten`,
  );
}

const sizes = fc.oneof(
  { weight: 60, arbitrary: fc.integer({ min: 1, max: 20_000 }) },
  { weight: 10, arbitrary: fc.constantFrom(63, 64, 65, 5569, 5600) },
  { weight: 1, arbitrary: fc.constantFrom(1_000_000, 4_200_000) },
);

const steps = fc.oneof(
  fc.record({ type: fc.constant("allocate"), byteLength: sizes }),
  fc.record({ type: fc.constant("release"), choice: fc.nat() }),
  fc.record({ type: fc.constant("replace"), choice: fc.nat(), byteLength: sizes }),
);

test("ranges of an arena never overlap and lose no byte, whatever is allocated, replaced and released", () => {
  const property = fc.property(fc.array(steps, { maxLength: 80, size: "max" }), (schedule) => {
    const model = new Model();
    for (const step of schedule) {
      if ("byteLength" in step && "choice" in step) model.replace(step.choice, step.byteLength);
      else if ("byteLength" in step) model.allocate(step.byteLength);
      else model.release(step.choice);
    }
    model.check();
  });
  fc.assert(property, { seed: 7, numRuns: 100 });
});

/** The arena after `updates` of 4,000 objects, each to a size that `sizeOf` makes of a number in [0, 1). */
function afterUpdates(updates: number, sizeOf: (random: number) => number): SlabArena {
  const arena = new SlabArena();
  const random = randomFrom(8);
  const objects = Array.from({ length: 4000 }, () => ({ address: arena.allocate(5569), byteLength: 5569 }));
  for (let i = 0; i < updates; i++) {
    const at = Math.floor(random() * objects.length);
    const old = objects[at];
    assert.ok(old);
    const byteLength = Math.floor(sizeOf(random()));
    objects[at] = { address: arena.allocate(byteLength), byteLength };
    arena.release(old.address, old.byteLength);
  }
  return arena;
}

/** A tenth more than is in use, and the slabs that are being filled and emptied. */
function assertCompact({ allocatedBytes, usedBytes }: SlabArena): void {
  assert.ok(allocatedBytes < 1.1 * usedBytes + 2 * SLAB_BYTES, `took ${allocatedBytes} bytes for ${usedBytes}`);
}

test("an arena stays near what is in use when every update draws a new size", () => {
  assertCompact(afterUpdates(40_000, (random) => 2000 + random * 7000));
});

test("an arena does not double when each object grows by the 31 bytes that list items lack", () => {
  assertCompact(afterUpdates(40_000, () => 5600));
});

test("an arena does not double when each object shrinks", () => {
  assertCompact(afterUpdates(40_000, () => 5500));
});
