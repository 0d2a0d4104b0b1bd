import assert from "node:assert/strict";
import { test } from "node:test";
import { revision } from "../support/revisions.ts";
import { SupervisorBench } from "../support/supervisor-bench.ts";

test("supervisor serves a handler once its caches are synced and its process is up", async () => {
  const bench = new SupervisorBench();
  await bench.pod("web", "1");
  await bench.apply({ revisions: [revision()] });
  assert.deepEqual(bench.told, ["v1 added default/web"]);
  assert.deepEqual(bench.seen, ["watch live v1"]);
  assert.deepEqual(await bench.supervisor.ready, { live: 1, degraded: 0, failed: 0 });
});

test("swap leaves a run in flight on the old revision and starts the next one on the new", async () => {
  const bench = new SupervisorBench();
  await bench.apply({ revisions: [revision()] });
  await bench.pod("web", "1");
  await bench.apply({ revisions: [revision({ code: "v2" })] });
  await bench.pod("api", "2");
  assert.deepEqual(bench.told, ["v1 added default/web", "v2 added default/api"]);
  await bench.finish();
  await bench.pod("web", "3");
  assert.deepEqual(bench.told, ["v2 added default/api", "v2 updated default/web"]);
});

test("swap waits for nothing but keeps an object to one run at a time", async () => {
  const bench = new SupervisorBench();
  await bench.apply({ revisions: [revision()] });
  await bench.pod("web", "1");
  await bench.apply({ revisions: [revision({ code: "v2" })] });
  await bench.pod("web", "2");
  assert.deepEqual(bench.told, ["v1 added default/web"]);
  await bench.finish();
  assert.deepEqual(bench.told, ["v2 updated default/web"]);
});

test("replaced process is stopped once its last run has ended", async () => {
  const bench = new SupervisorBench();
  await bench.apply({ revisions: [revision()] });
  await bench.pod("web", "1");
  await bench.apply({ revisions: [revision({ code: "v2" })] });
  assert.deepEqual(
    bench.pool.alive.map(({ program }) => program.code),
    ["v1", "v2"],
  );
  await bench.finish();
  assert.deepEqual(
    bench.pool.alive.map(({ program }) => program.code),
    ["v2"],
  );
});
