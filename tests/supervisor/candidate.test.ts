import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "../support/fake-clock.ts";
import { revision } from "../support/revisions.ts";
import { SupervisorBench } from "../support/supervisor-bench.ts";

async function serving(): Promise<SupervisorBench> {
  const bench = new SupervisorBench();
  await bench.apply({ revisions: [revision()] });
  bench.seen.length = 0;
  return bench;
}

test("newer save takes the place of a revision that is still on its way, whichever is up first", async () => {
  const bench = await serving();
  bench.pool.hold();
  await bench.apply({ revisions: [revision({ code: "v2" })] });
  await bench.apply({ revisions: [revision({ code: "v3" })] });
  bench.pool.letStart();
  await settle();
  assert.deepEqual(bench.seen, ["watch live v3"]);
  assert.deepEqual(
    bench.pool.alive.map(({ program }) => program.code),
    ["v3"],
  );
});

test("save that brings back what serves cancels the revision on its way and starts no process", async () => {
  const bench = await serving();
  bench.pool.hold();
  await bench.apply({ revisions: [revision({ code: "v2" })] });
  await bench.apply({ revisions: [revision()] });
  bench.pool.letStart();
  await settle();
  assert.deepEqual(bench.seen, ["watch unchanged v1"]);
  assert.deepEqual(
    bench.pool.alive.map(({ program }) => program.code),
    ["v1"],
  );
});

test("revision whose process does not come up leaves the old one serving", async () => {
  const bench = await serving();
  bench.pool.broken.add("v2");
  await bench.apply({ revisions: [revision({ code: "v2" })] });
  await bench.pod("web", "1");
  assert.deepEqual(bench.seen, ["watch refused (old): does not start"]);
  assert.deepEqual(bench.told, ["v1 added default/web"]);
});

test("first revision whose process does not come up fails alone, until the next save", async () => {
  const bench = new SupervisorBench();
  bench.pool.broken.add("v1");
  await bench.apply({ revisions: [revision(), revision({ handler: "other", code: "o1" })] });
  assert.deepEqual(await bench.supervisor.ready, { live: 1, degraded: 0, failed: 1 });
  await bench.apply({ revisions: [revision({ code: "v2" })] });
  assert.deepEqual(bench.seen, ["other live o1", "watch refused (none): does not start", "watch live v2"]);
});

test("first revision whose process does not come up is tried again after growing waits", async () => {
  const bench = new SupervisorBench();
  bench.pool.broken.add("v1");
  await bench.apply({ revisions: [revision()] });
  await bench.clock.advance(1000);
  await bench.clock.advance(1999);
  assert.equal(bench.seen.length, 2);
  bench.pool.broken.delete("v1");
  await bench.clock.advance(1);
  assert.equal(bench.seen.at(-1), "watch live v1");
});

test("revision whose process does not come up is not tried again once its handler is gone", async () => {
  const bench = new SupervisorBench();
  bench.pool.broken.add("v1");
  await bench.apply({ revisions: [revision()] });
  await bench.apply({ removed: ["watch"] });
  assert.deepEqual(bench.clock.pending, []);
});

test("revision that waits for its caches leaves the old one serving and says why", async () => {
  const bench = await serving();
  bench.caches.hold("no rights to list deployments.apps");
  await bench.apply({ revisions: [revision({ code: "v2", resource: "deployments.apps" })] });
  await bench.pod("web", "1");
  assert.deepEqual(bench.told, ["v1 added default/web"]);
  await bench.finish();
  bench.caches.letSync();
  await settle();
  await bench.pod("web", "2");
  assert.deepEqual(bench.told, []);
  assert.deepEqual(bench.seen, ["watch stale: no rights to list deployments.apps", "watch live v2"]);
});

test("handler whose first caches do not sync is degraded, holds nobody back and starts by itself later", async () => {
  const bench = new SupervisorBench();
  bench.caches.hold("kind unknown");
  await bench.apply({ revisions: [revision()] });
  assert.deepEqual(await bench.supervisor.ready, { live: 0, degraded: 1, failed: 0 });
  assert.deepEqual(bench.pool.sandboxes, []);
  bench.caches.letSync();
  await settle();
  assert.deepEqual(bench.seen, ["watch degraded: kind unknown", "watch live v1"]);
});

test("save ends the waiting for the caches of the save before", async () => {
  const bench = new SupervisorBench();
  bench.caches.hold("kind unknown");
  await bench.apply({ revisions: [revision({ resource: "deployments.apps" })] });
  await bench.apply({ revisions: [revision({ code: "v2" })] });
  bench.caches.letSync();
  await settle();
  assert.deepEqual(bench.seen, ["watch degraded: kind unknown", "watch degraded: kind unknown", "watch live v2"]);
  assert.equal(bench.caches.inUse, 1);
});

test("fifth replaced process that still runs something holds back the newest revision, and the ones between are dropped", async () => {
  const bench = await serving();
  for (const code of ["v2", "v3", "v4", "v5"]) {
    await bench.pod(`web-${code}`, "1");
    await bench.apply({ revisions: [revision({ code })] });
  }
  await bench.pod("web", "1");
  await bench.apply({ revisions: [revision({ code: "v6" })] });
  await bench.apply({ revisions: [revision({ code: "v7" })] });
  assert.deepEqual(bench.seen.at(-1), "watch live v5");
  await bench.finish();
  assert.deepEqual(bench.seen.at(-1), "watch live v7");
  assert.equal(
    bench.pool.sandboxes.some(({ program }) => program.code === "v6"),
    false,
  );
});

const OTHER_CACHES = { namespaces: ["default"] };

test("revision whose caches have not heard of everything yet waits until they have", async () => {
  const bench = new SupervisorBench();
  await bench.apply({ revisions: [revision({ handler: "other", code: "o1", options: OTHER_CACHES })] });
  await bench.apply({ revisions: [revision()] });
  await bench.pod("web", "1");
  await bench.finish();
  await bench.finish();
  bench.caches.lag(0);
  await bench.pod("web", "2");
  await bench.finish();
  await bench.apply({ revisions: [revision({ code: "v2", options: OTHER_CACHES })] });
  await bench.clock.advance(60_000);
  assert.deepEqual(bench.seen.at(-1), "watch live v1");
  bench.caches.deliver();
  await bench.clock.advance(10);
  assert.deepEqual(bench.seen.at(-1), "watch live v2");
  assert.deepEqual(bench.told, ["o1 updated default/web"]);
});

test("revision whose caches lack an object for long is right: the object is gone", async () => {
  const bench = new SupervisorBench();
  await bench.apply({ revisions: [revision()] });
  await bench.pod("web", "1");
  await bench.finish();
  bench.caches.lag(0);
  bench.caches.remove("pods", "default/web");
  await bench.apply({ revisions: [revision({ code: "v2", options: OTHER_CACHES })] });
  await bench.clock.advance(4_900);
  assert.deepEqual(bench.told, []);
  await bench.clock.advance(200);
  assert.deepEqual(bench.told, ["v2 deleted default/web"]);
});

test("revision that nobody wants any more goes as soon as it is up, and the older one goes on", async () => {
  const bench = await serving();
  bench.pool.ignoresSignals = true;
  bench.pool.hold();
  await bench.apply({ revisions: [revision({ code: "v2" })] });
  await bench.apply({ revisions: [revision()] });
  bench.pool.letStart();
  await settle();
  await bench.pod("web", "1");
  assert.deepEqual(bench.told, ["v1 added default/web"]);
  assert.equal(bench.pool.alive.length, 1);
});

test("run whose process is not up yet when another revision takes over begins there", async () => {
  const bench = await serving();
  bench.pool.alive[0]?.crash("out of memory");
  await settle();
  bench.pool.hold();
  await bench.pod("web", "1");
  await bench.apply({ revisions: [revision({ code: "v2" })] });
  bench.pool.letStartOnly("v2");
  await settle();
  assert.deepEqual(bench.told, ["v2 added default/web"]);
  assert.deepEqual(bench.outcomes, ["innocent"]);
});

test("save ends the waiting of the save before for caches that are behind", async () => {
  const bench = new SupervisorBench();
  await bench.apply({ revisions: [revision({ handler: "other", code: "o1", options: OTHER_CACHES })] });
  await bench.apply({ revisions: [revision()] });
  await bench.pod("web", "1");
  bench.caches.lag(0);
  await bench.pod("web", "2");
  await bench.apply({ revisions: [revision({ code: "v2", options: OTHER_CACHES })] });
  await bench.apply({ revisions: [revision({ code: "v3" })] });
  await bench.clock.advance(10);
  assert.deepEqual(bench.seen.slice(-2), ["watch live v1", "watch live v3"]);
  assert.deepEqual(
    bench.pool.alive.map(({ program }) => program.code),
    ["o1", "v1", "v3"],
  );
});
