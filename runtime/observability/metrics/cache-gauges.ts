import type { Registry } from "prom-client";
import type { MetricSources } from "./metric-sources.ts";
import { addScrapedGauge } from "./scraped.ts";

/** What the informers' caches hold when somebody scrapes. */
export function addCacheGauges(
  registry: Registry,
  { caches, cacheBytes }: Pick<MetricSources, "caches" | "cacheBytes">,
): void {
  const scope = ["resource", "namespace"] as const;
  addScrapedGauge(registry, { name: "informd_informer_objects", help: "Objects in the cache.", labels: scope }, () =>
    caches().map(({ resource, namespace, objects }) => ({ labels: { resource, namespace }, value: objects })),
  );
  addScrapedGauge(
    registry,
    {
      name: "informd_informer_synced",
      help: "1 while the cache shows a complete state and follows the API server, else 0.",
      labels: scope,
    },
    () =>
      caches().map(({ resource, namespace, synced }) => ({ labels: { resource, namespace }, value: synced ? 1 : 0 })),
  );
  addScrapedGauge(
    registry,
    { name: "informd_informer_bytes", help: "Memory that the cache's objects use.", labels: ["resource"] },
    () => cacheBytes().map(({ resource, usedBytes }) => ({ labels: { resource }, value: usedBytes })),
  );
  addScrapedGauge(
    registry,
    {
      name: "informd_informer_allocated_bytes",
      help: "Memory that the cache has taken from the system for its objects.",
      labels: ["resource"],
    },
    () => cacheBytes().map(({ resource, allocatedBytes }) => ({ labels: { resource }, value: allocatedBytes })),
  );
}
