import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "../support/fake-clock.ts";
import { revision } from "../support/revisions.ts";
import { SupervisorBench } from "../support/supervisor-bench.ts";

const FIRST = revision({ sourceMap: "first" });
const MOVED = revision({ sourceMap: "moved" });

const mapsOf = ({ pool }: SupervisorBench): readonly string[] => pool.alive.map(({ sourceMap }) => sourceMap);

test("handler whose code has moved to other lines keeps its process, which finds places there, and nothing is told", async () => {
  const bench = new SupervisorBench();
  await bench.apply({ revisions: [FIRST] });
  bench.seen.length = 0;
  await bench.apply({ moved: [MOVED] });
  assert.deepEqual(mapsOf(bench), ["moved"]);
  assert.equal(bench.pool.sandboxes.length, 1);
  assert.deepEqual(bench.seen, []);
});

test("process that takes the place of one that died finds places where the code is by now", async () => {
  const bench = new SupervisorBench();
  await bench.apply({ revisions: [FIRST] });
  await bench.apply({ moved: [MOVED] });
  bench.pool.alive[0]?.crash("killed");
  await settle();
  await bench.pod("web", "1");
  assert.deepEqual(mapsOf(bench), ["moved"]);
});

test("revision that moves while it is on its way serves with the places of now", async () => {
  const bench = new SupervisorBench();
  bench.pool.hold();
  await bench.apply({ revisions: [FIRST] });
  await bench.apply({ moved: [MOVED] });
  bench.pool.letStart();
  await settle();
  assert.deepEqual(mapsOf(bench), ["moved"]);
  assert.deepEqual(bench.seen, ["watch live v1"]);
});

test("revision that moves while its process starts anew serves with the places of now", async () => {
  const bench = new SupervisorBench();
  await bench.apply({ revisions: [FIRST] });
  bench.pool.alive[0]?.crash("killed");
  await settle();
  bench.pool.hold();
  await bench.pod("web", "1");
  await bench.apply({ moved: [MOVED] });
  bench.pool.letStart();
  await settle();
  assert.deepEqual(mapsOf(bench), ["moved"]);
});

test("revision that did not start and moves is tried again at once", async () => {
  const bench = new SupervisorBench();
  bench.pool.broken.add("v1");
  await bench.apply({ revisions: [FIRST] });
  bench.pool.broken.delete("v1");
  await bench.apply({ moved: [MOVED] });
  assert.deepEqual(mapsOf(bench), ["moved"]);
  await bench.clock.advance(60_000);
  assert.equal(bench.pool.sandboxes.length, 1);
});

test("code of a revision that comes back from a failure and has moved finds places where it is by now", async () => {
  const bench = new SupervisorBench();
  await bench.apply({ revisions: [FIRST] });
  await bench.apply({ revisions: [MOVED] });
  assert.deepEqual(mapsOf(bench), ["moved"]);
});
