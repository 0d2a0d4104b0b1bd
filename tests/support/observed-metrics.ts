import type { HandlerHealth } from "#observability/health/health-sources.ts";
import type { MetricSources } from "#observability/metrics/metric-sources.ts";
import { RuntimeMetrics } from "#observability/metrics/runtime-metrics.ts";
import { PrometheusText } from "./prometheus-text.ts";

/** Sources of a runtime with one handler, `pod-added`, that lives on one cache. */
export const SOURCES: MetricSources = {
  ready: () => true,
  apiServerReachable: () => true,
  health: () => [{ handler: "pod-added", states: ["live"], reasons: {} } satisfies HandlerHealth],
  backlogs: () => [{ handler: "pod-added", queued: 1, waiting: 2, running: 3, parked: 4 }],
  sandboxes: () => [{ handler: "pod-added", processIds: [7], memoryBytes: 64 * 2 ** 20, engine: "vm2" }],
  caches: () => [{ resource: "pods", namespace: "", objects: 5, synced: true }],
  cacheBytes: () => [{ resource: "pods", usedBytes: 6000, allocatedBytes: 8000 }],
  ownMetrics: () => [],
  ownMetricDrops: () => [{ handler: "pod-added", drops: 2 }],
};

export function createMetrics(sources: Partial<MetricSources> = {}): RuntimeMetrics {
  return new RuntimeMetrics({
    version: { informd: "1.2.3", node: "26.0.0" },
    sources: { ...SOURCES, ...sources },
    readProcess: () => Promise.resolve({ cpuSeconds: 1.5, memoryBytes: 20 * 2 ** 20 }),
  });
}

export async function textOf(metrics: RuntimeMetrics): Promise<PrometheusText> {
  return new PrometheusText((await metrics.answer()).body);
}

/** Every metric that there is, each with a series. */
export async function observedMetrics(): Promise<PrometheusText> {
  const metrics = createMetrics();
  metrics.handlers.add("pod-added");
  metrics.handlers.get("pod-added")?.ended("done", "live", 12);
  metrics.loads.addHandler("pod-added");
  metrics.loads.buildFailed("pod-added.ts");
  metrics.sandboxes.addHandler("pod-added");
  metrics.informers.acquire("pods", "").watchEnded("closed");
  return textOf(metrics);
}
