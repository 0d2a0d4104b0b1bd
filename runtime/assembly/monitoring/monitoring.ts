/**
 * What tells the outside how the runtime does: health and metrics, over HTTP. It looks on and decides nothing.
 * The composition root opens it first, so that a port that is taken is known before anything runs, and closes it last.
 */
import { Meters } from "#broker/metrics/meters.ts";
import type { DispatchObserver } from "#dispatch/ports.ts";
import type { InformerObserver } from "#informer/informer-event.ts";
import type { Clock } from "#kernel/clock.ts";
import type { ListWatchScope } from "#kubernetes/clients/http-list-watch.ts";
import type { ListWatchClient } from "#kubernetes/list-watch.ts";
import type { Batch } from "#loader/revision.ts";
import { RuntimeHealth } from "#observability/health/runtime-health.ts";
import { openEndpointServer } from "#observability/http/endpoint-server.ts";
import type { EndpointServer, EndpointServerOptions } from "#observability/http/endpoint-server.ts";
import type { Logger } from "#observability/logger.ts";
import type { RuntimeMetrics } from "#observability/metrics/runtime-metrics.ts";
import { VERSION } from "#observability/version.ts";
import type { SupervisorObserver } from "#supervisor/observer.ts";
import { joinSupervisorObservers } from "../observers.ts";
import { FileFailures } from "./file-failures.ts";
import { HandlerMeasure } from "./measure-handlers.ts";
import { measureListWatch, releaseStopped } from "./measure-list-watch.ts";
import { measureRuns } from "./measure-runs.ts";
import { sourcesOf, type MonitoredParts } from "./monitored-parts.ts";
import { Refusals } from "./refusals.ts";

export interface MonitoringDeps {
  readonly clock: Clock;
  readonly logger: Logger;
}

type OpenListWatch = (scope: ListWatchScope) => ListWatchClient;

interface Measures {
  readonly metrics: RuntimeMetrics;
  readonly handlers: HandlerMeasure;
}

export class Monitoring {
  /** What handlers measure themselves: kept also where nobody can read it, so that its limits are the same everywhere. */
  readonly meters = new Meters();
  readonly #deps: MonitoringDeps;
  readonly #failures = new FileFailures();
  readonly #refusals = new Refusals();
  readonly #sources = sourcesOf(() => this.#parts, {
    failures: this.#failures,
    refusals: this.#refusals,
    meters: this.meters,
  });
  readonly #health = new RuntimeHealth(VERSION, this.#sources);
  /** Only where somebody can read them. */
  #measures: Measures | undefined;
  #parts: MonitoredParts | undefined;
  #server: EndpointServer | undefined;

  constructor(deps: MonitoringDeps) {
    this.#deps = deps;
  }

  /** @param address `undefined`: nothing is served. Returns what is wrong with it, and what to do. */
  async listen(address: EndpointServerOptions | undefined): Promise<string | undefined> {
    if (!address) return undefined;
    const { clock, logger } = this.#deps;
    const metrics = await this.#openMetrics();
    const endpoints = new Map([...this.#health.endpoints, ["/metrics", () => metrics.answer()] as const]);
    const opened = await openEndpointServer(clock, endpoints, address);
    if (opened.type === "failed") return opened.message;
    this.#server = opened.server;
    this.#measures = { metrics, handlers: new HandlerMeasure(metrics) };
    logger.info("listening", { address: opened.server.address });
    return undefined;
  }

  get supervisorObserver(): Partial<SupervisorObserver> {
    const measures = this.#measures ? [this.#measures.handlers.observer] : [];
    return joinSupervisorObservers([this.#refusals.observer, this.#metersObserver, ...measures]);
  }

  /** @param handler gives the handler's present id */
  dispatchObserver(handler: () => string): Partial<DispatchObserver> {
    if (!this.#measures) return {};
    this.#measures.handlers.add(handler());
    return measureRuns(this.#measures.metrics.handlers, this.#deps.clock, handler);
  }

  get informerObserver(): InformerObserver {
    return this.#measures ? releaseStopped(this.#measures.metrics.informers) : () => {};
  }

  /** The same clients, measured. */
  listWatch(listWatch: OpenListWatch): OpenListWatch {
    return this.#measures ? measureListWatch(this.#measures.metrics.informers, listWatch) : listWatch;
  }

  watch(parts: MonitoredParts): void {
    this.#parts = parts;
    void parts.supervisor.ready.then(() => this.#health.reached("ready"));
  }

  /** The handlers come when the API server gives them. @param reason why it does not */
  waiting(reason?: string): void {
    this.#health.waiting(reason);
  }

  /** Call it behind each batch. */
  applied(batch: Batch): void {
    this.#failures.applied(batch);
    this.#measures?.handlers.applied(batch);
    this.#health.reached("starting");
  }

  /** Nobody is to send work any more; probes are still answered. */
  stopping(): void {
    this.#health.reached("stopping");
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  get #metersObserver(): Partial<SupervisorObserver> {
    return {
      removed: (handler) => this.meters.remove(handler),
      renamed: (from, to) => this.meters.rename(from, to),
    };
  }

  /** The library is loaded only where it is needed. */
  async #openMetrics(): Promise<RuntimeMetrics> {
    const [{ RuntimeMetrics }, { readProcess }] = await Promise.all([
      import("#observability/metrics/runtime-metrics.ts"),
      import("#observability/metrics/read-process.ts"),
    ]);
    const sources = { ...this.#sources, ready: () => this.#health.isReady };
    return new RuntimeMetrics({ version: VERSION, sources, readProcess });
  }
}
