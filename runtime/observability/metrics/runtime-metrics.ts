/**
 * Every metric of informd, in a registry of its own: the process's, the handlers', the informers'. It says how things are
 * counted and named, and nothing of who counts; the endpoint `/metrics` shows it, and behind it what handlers themselves measure.
 */
import { collectDefaultMetrics, Registry } from "prom-client";
import type { Answer } from "../http/endpoint.ts";
import type { Version } from "../version.ts";
import { addCacheGauges } from "./cache-gauges.ts";
import { addHandlerGauges } from "./handler-gauges.ts";
import { HandlerMetrics } from "./handler-metrics.ts";
import { InformerMetrics } from "./informer-metrics.ts";
import { LoadMetrics } from "./load-metrics.ts";
import type { MetricSources } from "./metric-sources.ts";
import { ownMetricsText } from "./own-metrics-text.ts";
import { addScrapedGauge } from "./scraped.ts";
import { SandboxMetrics } from "./sandbox-metrics.ts";
import type { ReadProcess } from "./sandbox-usage.ts";

export interface RuntimeMetricsOptions {
  readonly version: Version;
  readonly sources: MetricSources;
  readonly readProcess: ReadProcess;
}

/** Gauges of the library whose names say that they are counters. The same numbers are there by resource, handle and request type. */
const MISNAMED = ["nodejs_active_handles_total", "nodejs_active_requests_total", "nodejs_active_resources_total"];

export class RuntimeMetrics {
  readonly handlers: HandlerMetrics;
  readonly loads: LoadMetrics;
  readonly sandboxes: SandboxMetrics;
  readonly informers: InformerMetrics;
  readonly #registry = new Registry();
  readonly #sources: Pick<MetricSources, "ownMetrics">;

  constructor({ version, sources, readProcess }: RuntimeMetricsOptions) {
    this.#sources = sources;
    addRuntimeGauges(this.#registry, version, sources);
    this.handlers = new HandlerMetrics(this.#registry);
    addHandlerGauges(this.#registry, sources);
    this.loads = new LoadMetrics(this.#registry);
    this.sandboxes = new SandboxMetrics(this.#registry, sources, readProcess);
    this.informers = new InformerMetrics(this.#registry);
    addCacheGauges(this.#registry, sources);
    collectDefaultMetrics({ register: this.#registry });
    for (const name of MISNAMED) this.#registry.removeSingleMetric(name);
  }

  /** In Prometheus' text format. */
  async answer(): Promise<Answer> {
    const own = await this.#registry.metrics();
    const body = `${own}${ownMetricsText(this.#sources.ownMetrics())}`;
    return { status: 200, contentType: this.#registry.contentType, body };
  }
}

function addRuntimeGauges(registry: Registry, { informd, node }: Version, sources: MetricSources): void {
  const number = (value: number) => [{ labels: {}, value }];
  addScrapedGauge(
    registry,
    {
      name: "informd_build_info",
      help: "Always 1. Which informd runs on which Node.",
      labels: ["version", "node"],
    },
    () => [{ labels: { version: informd, node }, value: 1 }],
  );
  addScrapedGauge(registry, { name: "informd_ready", help: "1 while /readyz answers 200, else 0.", labels: [] }, () =>
    number(sources.ready() ? 1 : 0),
  );
  addScrapedGauge(
    registry,
    {
      name: "informd_api_server_reachable",
      help: "0 while anybody who asks the API server gets no answer, else 1.",
      labels: [],
    },
    () => number(sources.apiServerReachable() ? 1 : 0),
  );
  addScrapedGauge(
    registry,
    { name: "informd_handlers", help: "Handlers that there are, in whatever state.", labels: [] },
    () => number(sources.health().length),
  );
}
