import assert from "node:assert/strict";
import { test } from "node:test";
import type { HealthSources } from "#observability/health/health-sources.ts";
import { RuntimeHealth } from "#observability/health/runtime-health.ts";

const SOURCES: HealthSources = {
  handlers: () => [{ handler: "pod-added", states: ["degraded"], reasons: { degraded: "no right" } }],
  informers: () => [{ resource: "pods", namespace: "", synced: false }],
  apiServer: () => ({ url: "https://10.0.0.1", reachable: false }),
};

const PATHS = ["/healthz", "/startupz", "/readyz"] as const;

async function statuses(health: RuntimeHealth): Promise<number[]> {
  const answers = PATHS.map(async (path) => (await health.endpoints.get(path)?.())?.status ?? 404);
  return Promise.all(answers);
}

test("health goes from alive to started to ready, and back to not ready when it stops", async () => {
  const health = new RuntimeHealth({ informd: "1.2.3", node: "26.0.0" }, SOURCES);
  assert.deepEqual(await statuses(health), [200, 503, 503]);
  health.reached("starting");
  assert.deepEqual(await statuses(health), [200, 200, 503]);
  health.reached("ready");
  assert.deepEqual([...(await statuses(health)), health.isReady], [200, 200, 200, true]);
  health.reached("starting");
  assert.deepEqual(await statuses(health), [200, 200, 200]);
  health.reached("stopping");
  health.reached("ready");
  assert.deepEqual([...(await statuses(health)), health.isReady], [200, 200, 503, false]);
});

test("health says how each part does, whatever the answer is", async () => {
  const health = new RuntimeHealth({ informd: "1.2.3", node: "26.0.0" }, SOURCES);
  health.reached("ready");
  const answer = await health.endpoints.get("/readyz")?.();
  assert.deepEqual(JSON.parse(answer?.body ?? ""), {
    ok: true,
    reason: "ready",
    version: { informd: "1.2.3", node: "26.0.0" },
    apiServer: { url: "https://10.0.0.1", reachable: false },
    handlers: [{ handler: "pod-added", states: ["degraded"], reasons: { degraded: "no right" } }],
    informers: [{ resource: "pods", namespace: "", synced: false }],
  });
});

test("a runtime that waits for its handlers has started, and is not ready", async () => {
  const health = new RuntimeHealth({ informd: "1.2.3", node: "26.0.0" }, SOURCES);
  health.waiting();
  assert.deepEqual(await statuses(health), [200, 200, 503]);
});

test("a runtime that waits for its handlers says why they do not come, until they do", async () => {
  const health = new RuntimeHealth({ informd: "1.2.3", node: "26.0.0" }, SOURCES);
  const reason = async (): Promise<unknown> => {
    const answer = await health.endpoints.get("/readyz")?.();
    return JSON.parse(answer?.body ?? "{}").reason;
  };
  health.waiting();
  assert.match(String(await reason()), /ConfigMaps have not been read yet$/);
  health.waiting("Cannot list configmaps: forbidden");
  assert.equal(await reason(), "the handlers are waited for: Cannot list configmaps: forbidden");
  health.reached("starting");
  assert.match(String(await reason()), /^the handlers are loaded/);
});
