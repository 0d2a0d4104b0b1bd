import assert from "node:assert/strict";
import { test } from "node:test";
import { DevLogBench, originOf, runOf } from "../../support/dev-log-bench.ts";

test("while handlers are built and start, one line says so", async () => {
  const bench = new DevLogBench();
  bench.tell("starting", { server: "s" });
  await bench.clock.advance(750);
  assert.equal(bench.status, "building the handlers, 750 ms");
  bench.tell("handlers loaded", { handlers: 3, failed: 0 });
  assert.equal(bench.status, "starting handlers: 0 of 3 live");
  bench.tell("handler live", { handler: "a", file: "a.ts" });
  assert.equal(bench.status, "starting handlers: 1 of 3 live");
  bench.tell("ready", { live: 1, degraded: 2, failed: 0 });
  assert.equal(bench.status, "");
});

test("a cache that is read counts its objects, until it says nothing any more", async () => {
  const bench = new DevLogBench();
  bench.tell("informer reading", { resource: "pods", objects: 12_000 }, "debug");
  bench.tell("informer reading", { resource: "nodes", objects: 5 }, "debug");
  await bench.clock.advance(250);
  assert.equal(bench.status, "reading pods: 12000 objects · reading nodes: 5 objects");
  await bench.clock.advance(2250);
  assert.equal(bench.status, "");
  assert.deepEqual(bench.lines(), []);
});

test("an outage is counted until it is over", async () => {
  const bench = new DevLogBench();
  bench.tell("API server unreachable", { server: "s", reason: "no" }, "warn");
  await bench.clock.advance(12_000);
  assert.equal(bench.status, "no API server for 12 s");
  bench.tell("API server reachable", { server: "s" });
  assert.equal(bench.status, "");
});

test("runs that take long are named, the oldest first", async () => {
  const bench = new DevLogBench();
  bench.tell("handler started", runOf("a"), "debug");
  await bench.clock.advance(500);
  bench.tell("handler started", runOf("b"), "debug");
  await bench.clock.advance(1500);
  assert.equal(bench.status, "pod-added default/a running for 2 s, and 1 more");
  bench.tell("handler done", runOf("a", { durationMs: 2000 }), "debug");
  await bench.clock.advance(250);
  assert.equal(bench.status, "pod-added default/b running for 1.8 s");
});

test("when nothing takes long, nobody looks", async () => {
  const bench = new DevLogBench();
  bench.tell("handler started", runOf("a"), "debug").say("x", originOf("a"));
  bench.tell("handler done", runOf("a", { durationMs: 1 }), "debug");
  await bench.clock.advance(2000);
  assert.deepEqual(bench.clock.pending, []);
});
