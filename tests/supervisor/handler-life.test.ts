import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "../support/fake-clock.ts";
import { revision } from "../support/revisions.ts";
import { SupervisorBench } from "../support/supervisor-bench.ts";

test("removed handler starts nothing any more, lets its runs end and forgets the rest", async () => {
  const bench = new SupervisorBench();
  await bench.apply({ revisions: [revision({ options: { concurrency: 1 } })] });
  await bench.pod("web", "1");
  await bench.pod("api", "2");
  await bench.apply({ removed: ["watch"] });
  assert.deepEqual(bench.seen, ["watch live v1", "watch removed 1"]);
  await bench.finish();
  assert.deepEqual(bench.told, []);
  assert.equal(bench.pool.alive.length, 0);
  assert.equal(bench.caches.inUse, 0);
});

test("handler that comes back after its removal is a new one", async () => {
  const bench = new SupervisorBench();
  await bench.apply({ revisions: [revision()] });
  await bench.pod("web", "1");
  await bench.finish();
  await bench.apply({ removed: ["watch"] });
  await bench.apply({ revisions: [revision()] });
  assert.deepEqual(bench.told, ["v1 added default/web"]);
});

test("renamed handler keeps what it has finished and what it still has to be told", async () => {
  const bench = new SupervisorBench();
  await bench.apply({ revisions: [revision({ options: { concurrency: 1 } })] });
  await bench.pod("web", "1");
  await bench.finish();
  await bench.pod("api", "2");
  await bench.pod("db", "3");
  const to = revision({ handler: "other", code: "v1 renamed", options: { concurrency: 1 } });
  await bench.apply({ renamed: [{ from: "watch", to }] });
  assert.deepEqual(bench.told, ["v1 added default/api"]);
  await bench.finish();
  assert.deepEqual(bench.told, ["v1 renamed added default/db"]);
  assert.deepEqual(bench.seen, ["watch live v1", "watch renamed other", "other live v1 renamed"]);
});

test("changed limits hold from the next start on", async () => {
  const bench = new SupervisorBench();
  await bench.apply({ revisions: [revision({ options: { timeout: "10s" } })] });
  await bench.pod("web", "1");
  await bench.apply({ revisions: [revision({ options: { timeout: "20s" } })] });
  await bench.pod("api", "2");
  assert.deepEqual(
    bench.inFlight.map(({ timeoutMs }) => timeoutMs),
    [10_000, 20_000],
  );
});

test("broken save is told and changes nothing", async () => {
  const bench = new SupervisorBench();
  await bench.apply({ revisions: [revision()] });
  await bench.apply({ failures: [{ file: "watch.ts", handlers: ["watch"], problems: [] }] });
  await bench.pod("web", "1");
  assert.deepEqual(bench.told, ["v1 added default/web"]);
  assert.deepEqual(bench.seen, ["watch live v1", "watch.ts failed"]);
});

test("warnings of a file are told once for each save, however many handlers it has", async () => {
  const bench = new SupervisorBench();
  const first = revision({ handler: "watch#0" });
  const warning = { file: "watch.ts", line: 1, column: 1, reason: "large", frame: "" };
  const bundle = { ...first.bundle, file: "watch.ts", warnings: [warning] };
  await bench.apply({
    revisions: [
      { ...first, bundle },
      { ...first, handler: "watch#1", entry: 1, bundle },
    ],
  });
  assert.deepEqual(
    bench.seen.filter((line) => line.includes("warned")),
    ["watch.ts warned: large"],
  );
});

test("ready waits until the first look is whole, and counts what it found at its end", async () => {
  const bench = new SupervisorBench();
  const failure = { file: "broken.ts", handlers: [], problems: [] };
  await bench.apply({ revisions: [revision()], failures: [failure], isPartial: true });
  let ready: object | undefined;
  void bench.supervisor.ready.then((counts) => (ready = counts));
  await settle();
  assert.equal(ready, undefined);
  await bench.apply({ revisions: [revision({ handler: "slow", code: "s1" })], gone: ["broken.ts"] });
  await settle();
  assert.deepEqual(ready, { live: 2, degraded: 0, failed: 0 });
});

test("ready counts files that do not load and ids that two files claim", async () => {
  const bench = new SupervisorBench();
  await bench.apply({
    failures: [{ file: "broken.ts", handlers: [], problems: [] }],
    conflicts: [{ handler: "twice", files: ["twice.js", "twice.ts"] }],
    revisions: [revision()],
  });
  assert.deepEqual(await bench.supervisor.ready, { live: 1, degraded: 0, failed: 2 });
});

test("process gets the variables that allow.env names and the names of its listers, nothing else", async () => {
  const bench = new SupervisorBench({ TOKEN: "t", OTHER: "o" });
  const options = { allow: { env: ["TOKEN", "ABSENT", "constructor", "__proto__"] }, listers: ["nodes"] };
  await bench.apply({ revisions: [revision({ options })] });
  const { env, listers, entry } = bench.pool.sandboxes[0]?.serve ?? {};
  assert.deepEqual([env, listers, entry], [{ TOKEN: "t" }, ["nodes"], 0]);
});

test("process that died is started again by the next run, and its runs are tried again", async () => {
  const bench = new SupervisorBench();
  await bench.apply({ revisions: [revision()] });
  await bench.pod("web", "1");
  bench.pool.sandboxes[0]?.crash("out of memory (64 MiB)");
  await settle();
  assert.equal(bench.pool.sandboxes.length, 1);
  await bench.clock.advance(1_000);
  assert.deepEqual(bench.told, ["v1 added default/web"]);
  assert.equal(bench.pool.sandboxes.length, 2);
  assert.deepEqual(bench.outcomes, ["crashed"]);
  assert.deepEqual(bench.seen, ["watch live v1", "watch crashed"]);
});

test("run that ends after its deadline is timed out, and its process goes on", async () => {
  const bench = new SupervisorBench();
  await bench.apply({ revisions: [revision({ options: { retry: { attempts: 1 } } })] });
  await bench.pod("web", "1");
  bench.inFlight[0]?.end({ type: "timedOut", how: "late" });
  await settle();
  assert.deepEqual(bench.outcomes, ["timedOut"]);
  await bench.pod("web", "2");
  assert.deepEqual(bench.told, ["v1 added default/web"]);
  assert.equal(bench.pool.sandboxes.length, 1);
});

test("run that passes its deadline is timed out, the others of its process start again at once", async () => {
  const bench = new SupervisorBench();
  await bench.apply({ revisions: [revision()] });
  await bench.pod("web", "1");
  await bench.pod("api", "2");
  const [culprit] = bench.inFlight;
  if (culprit) culprit.sandbox.timeOut(culprit);
  await settle();
  assert.deepEqual(bench.outcomes, ["timedOut", "innocent"]);
  assert.deepEqual(bench.told, ["v1 added default/api"]);
});

test("handler whose process dies five times is quarantined, and a save ends it", async () => {
  const bench = new SupervisorBench();
  await bench.apply({ revisions: [revision({ options: { retry: { backoff: "1ms", maxBackoff: "1ms" } } })] });
  await bench.pod("web", "1");
  for (let death = 0; death < 5; death++) {
    bench.pool.alive[0]?.crash("exited (code 7)");
    await bench.clock.advance(1);
  }
  assert.deepEqual(bench.seen.at(-1), "quarantined");
  assert.deepEqual(bench.told, []);
  await bench.pod("web", "2");
  await bench.apply({ revisions: [revision({ code: "v2" })] });
  assert.deepEqual(bench.seen.slice(-2), ["healthy", "watch live v2"]);
  assert.deepEqual(bench.told, ["v2 added default/web"]);
});

test("process that cannot be started for a run counts as one that died", async () => {
  const bench = new SupervisorBench();
  await bench.apply({ revisions: [revision()] });
  bench.pool.alive[0]?.crash("killed by the system (memory)");
  await settle();
  bench.pool.broken.add("v1");
  await bench.pod("web", "1");
  assert.deepEqual(bench.outcomes, ["crashed"]);
  bench.pool.broken.clear();
  await bench.clock.advance(1_000);
  assert.deepEqual(bench.told, ["v1 added default/web"]);
});
