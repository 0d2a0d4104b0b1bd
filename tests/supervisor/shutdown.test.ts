import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "../support/fake-clock.ts";
import { revision } from "../support/revisions.ts";
import { SupervisorBench } from "../support/supervisor-bench.ts";

async function running(): Promise<SupervisorBench> {
  const bench = new SupervisorBench();
  await bench.apply({ revisions: [revision()] });
  await bench.pod("web", "1");
  return bench;
}

test("shutdown starts nothing any more, aborts the signals and waits for the runs in flight", async () => {
  const bench = await running();
  let closed = false;
  const closing = bench.supervisor.close(30_000).then(() => (closed = true));
  await bench.pod("api", "2");
  assert.deepEqual(bench.told, ["v1 added default/web"]);
  assert.deepEqual(bench.pool.sandboxes[0]?.aborts, ["the runtime is stopping"]);
  assert.equal(closed, false);
  await bench.finish();
  await closing;
  assert.deepEqual(bench.outcomes, ["done"]);
  assert.equal(bench.pool.alive.length, 0);
  assert.equal(bench.caches.inUse, 0);
  assert.deepEqual(bench.clock.pending, []);
});

test("shutdown ends every process once the grace period is over", async () => {
  const bench = await running();
  const closing = bench.supervisor.close(30_000);
  await bench.clock.advance(29_999);
  assert.equal(bench.pool.alive.length, 1);
  await bench.clock.advance(1);
  await closing;
  assert.equal(bench.pool.alive.length, 0);
  assert.deepEqual(bench.outcomes, ["innocent"]);
});

test("shutdown also waits for replaced and removed revisions", async () => {
  const bench = await running();
  await bench.apply({ revisions: [revision({ code: "v2" })] });
  await bench.pod("api", "2");
  await bench.apply({ removed: ["watch"] });
  const closing = bench.supervisor.close(30_000);
  await settle();
  assert.deepEqual(
    bench.pool.alive.map(({ aborts }) => aborts),
    [["the runtime is stopping"], ["the runtime is stopping"]],
  );
  await bench.finish();
  await bench.finish();
  await closing;
  assert.equal(bench.pool.alive.length, 0);
});

test("shutdown drops a revision that is still on its way", async () => {
  const bench = new SupervisorBench();
  bench.caches.hold("kind unknown");
  await bench.apply({ revisions: [revision()] });
  await bench.supervisor.close(30_000);
  bench.caches.letSync();
  await settle();
  assert.deepEqual(bench.seen, ["watch degraded: kind unknown"]);
  assert.equal(bench.caches.inUse, 0);
});
