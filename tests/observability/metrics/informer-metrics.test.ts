import assert from "node:assert/strict";
import { test } from "node:test";
import { createMetrics, textOf } from "../../support/observed-metrics.ts";

const PODS = { resource: "pods", namespace: "prod" };

test("informers of one resource and namespace count together, and the series go with the last of them", async () => {
  const metrics = createMetrics();
  const [first, second] = [metrics.informers.acquire("pods", "prod"), metrics.informers.acquire("pods", "prod")];
  first.event("added");
  second.event("added");
  second.watchEnded("expired");
  second.relisted();
  metrics.informers.release("pods", "prod");
  const text = await textOf(metrics);
  assert.equal(text.value("informd_informer_events_total", { ...PODS, type: "added" }), 2);
  assert.equal(text.value("informd_informer_events_total", { ...PODS, type: "deleted" }), 0);
  assert.equal(text.value("informd_informer_watch_restarts_total", { ...PODS, reason: "expired" }), 1);
  assert.equal(text.value("informd_informer_relists_total", PODS), 1);
  metrics.informers.release("pods", "prod");
  metrics.informers.release("pods", "prod");
  const after = await textOf(metrics);
  for (const name of ["events_total", "watch_restarts_total", "relists_total"]) {
    assert.deepEqual(after.series(`informd_informer_${name}`), [], name);
  }
});

test("what caches hold is asked for at each scrape", async () => {
  const text = await textOf(createMetrics());
  assert.equal(text.value("informd_informer_objects", { resource: "pods", namespace: "" }), 5);
  assert.equal(text.value("informd_informer_synced", { resource: "pods", namespace: "" }), 1);
  assert.equal(text.value("informd_informer_bytes", { resource: "pods" }), 6000);
  assert.equal(text.value("informd_informer_allocated_bytes", { resource: "pods" }), 8000);
});

test("the runtime says what it is, and how it is", async () => {
  const text = await textOf(createMetrics({ ready: () => false, apiServerReachable: () => false }));
  assert.equal(text.value("informd_build_info", { version: "1.2.3", node: "26.0.0" }), 1);
  assert.deepEqual([text.value("informd_ready"), text.value("informd_api_server_reachable")], [0, 0]);
  assert.ok(text.families.some(({ name }) => name === "process_cpu_seconds_total"));
  assert.ok(text.families.some(({ name }) => name === "nodejs_eventloop_lag_p99_seconds"));
});
