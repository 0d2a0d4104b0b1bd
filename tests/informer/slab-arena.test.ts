import assert from "node:assert/strict";
import { test } from "node:test";

import { SlabArena } from "#informer/store/slab-arena.ts";

const SLAB_BYTES = 4 * 1024 * 1024;

function write(arena: SlabArena, text: string): number {
  const address = arena.allocate(text.length);
  arena.bufferOf(address).write(text, arena.offsetOf(address));
  return address;
}

test("arena gives back what was written, byte for byte", () => {
  const arena = new SlabArena();
  const texts = Array.from({ length: 200 }, (_, i) => String.fromCharCode(65 + (i % 26)).repeat(1 + i * 7));
  const addresses = texts.map((text) => write(arena, text));
  for (const [i, text] of texts.entries()) assert.equal(arena.view(addresses[i] ?? -1, text.length).toString(), text);
});

test("arena takes memory in slabs of 4 MB and counts what is in use in units of 64 bytes", () => {
  const arena = new SlabArena();
  assert.equal(arena.allocatedBytes, 0);
  arena.allocate(1);
  arena.allocate(65);
  assert.equal(arena.allocatedBytes, SLAB_BYTES);
  assert.equal(arena.usedBytes, 3 * 64);
});

test("arena uses released room again before it takes more", () => {
  const arena = new SlabArena();
  const first = arena.allocate(6400);
  arena.allocate(6400);
  arena.release(first, 6400);
  assert.equal(arena.allocate(6400), first);
});

test("arena cuts a smaller range from a larger one, and uses the rest", () => {
  const arena = new SlabArena();
  const large = arena.allocate(6400);
  arena.allocate(64);
  arena.release(large, 6400);
  assert.equal(arena.allocate(4800), large);
  assert.equal(arena.allocate(1600), large + 4800 / 64);
});

test("arena takes the smallest range that is large enough", () => {
  const arena = new SlabArena();
  const sizes = [640, 6400, 1280, 64_000];
  const addresses = sizes.map((size) => {
    const address = arena.allocate(size);
    arena.allocate(64);
    return address;
  });
  for (const [i, size] of sizes.entries()) arena.release(addresses[i] ?? -1, size);
  assert.equal(arena.allocate(1000), addresses[2]);
});

test("arena fills the end of a slab that the next object did not fit into", () => {
  const arena = new SlabArena();
  arena.allocate(SLAB_BYTES - 6400);
  arena.allocate(12_800);
  assert.equal(arena.allocatedBytes, 2 * SLAB_BYTES);
  assert.equal(arena.allocate(6400), (SLAB_BYTES - 6400) / 64);
});

test("arena joins neighbours that are free, so that ranges that were cut up become large again", () => {
  const arena = new SlabArena();
  const [first, second, third] = [arena.allocate(640), arena.allocate(640), arena.allocate(640)];
  arena.allocate(64);
  arena.release(first, 640);
  arena.release(third, 640);
  arena.release(second, 640);
  assert.equal(arena.allocate(1920), first);
});

test("arena gives slabs that became free back to the system, all but one", () => {
  const arena = new SlabArena();
  const addresses = Array.from({ length: 3 }, () => arena.allocate(SLAB_BYTES));
  assert.equal(arena.allocatedBytes, 3 * SLAB_BYTES);
  for (const address of addresses) arena.release(address, SLAB_BYTES);
  assert.deepEqual([arena.usedBytes, arena.allocatedBytes], [0, SLAB_BYTES]);
});

test("arena uses the addresses of a slab again that it gave back", () => {
  const arena = new SlabArena();
  const addresses = Array.from({ length: 3 }, () => arena.allocate(SLAB_BYTES));
  for (const address of addresses) arena.release(address, SLAB_BYTES);
  const again = Array.from({ length: 3 }, () => arena.allocate(SLAB_BYTES));
  assert.deepEqual(new Set(again), new Set(addresses));
});

test("arena holds objects that are larger than a slab, each in a buffer of its own", () => {
  const arena = new SlabArena();
  const small = write(arena, "small");
  const text = "x".repeat(SLAB_BYTES + 1);
  const large = write(arena, text);
  assert.equal(arena.view(large, text.length).toString(), text);
  arena.release(large, text.length);
  assert.equal(arena.allocatedBytes, SLAB_BYTES);
  assert.equal(arena.view(small, 5).toString(), "small");
});

test("arena refuses an address that no slab holds", () => {
  assert.throws(() => new SlabArena().view(0, 1), { name: "RangeError", message: /Cannot use address 0/ });
});
