/**
 * What tells the outside how the runtime does: health, over HTTP. It looks on and decides nothing.
 * The composition root opens it first, so that a port that is taken is known before anything runs, and closes it last.
 */
import type { SharedInformerFactory } from "#informer/shared-informer-factory.ts";
import type { Clock } from "#kernel/clock.ts";
import type { Batch } from "#loader/revision.ts";
import { RuntimeHealth } from "#observability/health/runtime-health.ts";
import {
  openEndpointServer,
  type EndpointServer,
  type EndpointServerOptions,
} from "#observability/http/endpoint-server.ts";
import type { Logger } from "#observability/logger.ts";
import { VERSION } from "#observability/version.ts";
import type { SupervisorObserver } from "#supervisor/observer.ts";
import type { Supervisor } from "#supervisor/supervisor.ts";
import type { Reachability } from "../reachability.ts";
import { FileFailures } from "./file-failures.ts";
import { handlerHealth } from "./handler-health.ts";
import { informerHealth } from "./informer-health.ts";
import { Refusals } from "./refusals.ts";

/** The parts of the runtime that are looked at. */
export interface MonitoredParts {
  /** The API server's URL. */
  readonly server: string;
  readonly supervisor: Pick<Supervisor, "statuses" | "ready">;
  readonly factory: Pick<SharedInformerFactory, "informers">;
  readonly reachability: Pick<Reachability, "isReachable">;
}

export interface MonitoringDeps {
  readonly clock: Clock;
  readonly logger: Logger;
}

export class Monitoring {
  readonly health: RuntimeHealth;
  readonly #deps: MonitoringDeps;
  readonly #failures = new FileFailures();
  readonly #refusals = new Refusals();
  #parts: MonitoredParts | undefined;
  #server: EndpointServer | undefined;

  constructor(deps: MonitoringDeps) {
    this.#deps = deps;
    this.health = new RuntimeHealth(VERSION, {
      handlers: () =>
        handlerHealth(this.#parts?.supervisor.statuses ?? [], this.#refusals.reasons, this.#failures.reasons),
      informers: () => informerHealth(this.#parts?.factory.informers ?? []),
      apiServer: () => ({ url: this.#parts?.server ?? "", reachable: this.#parts?.reachability.isReachable ?? true }),
    });
  }

  get supervisorObserver(): Partial<SupervisorObserver> {
    return this.#refusals.observer;
  }

  /** @param address `undefined`: nothing is served. Returns what is wrong with it, and what to do. */
  async listen(address: EndpointServerOptions | undefined): Promise<string | undefined> {
    if (!address) return undefined;
    const { clock, logger } = this.#deps;
    const opened = await openEndpointServer(clock, this.health.endpoints, address);
    if (opened.type === "failed") return opened.message;
    this.#server = opened.server;
    logger.info("listening", { address: opened.server.address });
    return undefined;
  }

  watch(parts: MonitoredParts): void {
    this.#parts = parts;
    void parts.supervisor.ready.then(() => this.health.reached("ready"));
  }

  /** Call it behind each batch. */
  applied(batch: Batch): void {
    this.#failures.applied(batch);
    this.health.reached("starting");
  }

  /** Nobody is to send work any more; probes are still answered. */
  stopping(): void {
    this.health.reached("stopping");
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }
}
