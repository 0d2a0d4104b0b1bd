import { Counter, type Registry } from "prom-client";
import type { MetricSources } from "./metric-sources.ts";
import { addScrapedCounter, addScrapedGauge } from "./scraped.ts";
import { SandboxUsage, type ReadProcess } from "./sandbox-usage.ts";

/** Why a process ended that nobody had stopped. */
export type DeathReason = "timed_out" | "out_of_memory" | "crashed";

const REASONS: readonly DeathReason[] = ["timed_out", "out_of_memory", "crashed"];

/** What V8 and Node have as private memory beside the handler's heap when it is full: 10 to 12 MiB, as measured with 32Mi and 64Mi. */
const OWN_BYTES = 12 * 2 ** 20;

/** What is counted and measured of handlers' processes. */
export class SandboxMetrics {
  readonly #restarts: Counter<"handler" | "reason">;

  constructor(registry: Registry, sources: Pick<MetricSources, "sandboxes">, read: ReadProcess) {
    this.#restarts = new Counter({
      name: "informd_sandbox_restarts_total",
      help: "Processes that ended without having been stopped, by reason. The next run starts another one.",
      labelNames: ["handler", "reason"],
      registers: [registry],
    });
    addUsage(registry, new SandboxUsage(read, () => sources.sandboxes()));
    addLimits(registry, sources);
    addEngines(registry, sources);
  }

  addHandler(handler: string): void {
    for (const reason of REASONS) this.#restarts.inc({ handler, reason }, 0);
  }

  removeHandler(handler: string): void {
    for (const reason of REASONS) this.#restarts.remove({ handler, reason });
  }

  died(handler: string, reason: DeathReason): void {
    this.#restarts.inc({ handler, reason });
  }
}

/** Where the system does not tell, there are no series. */
function addUsage(registry: Registry, usage: SandboxUsage): void {
  const labels = ["handler"] as const;
  addScrapedCounter(
    registry,
    {
      name: "informd_sandbox_cpu_seconds_total",
      help: "CPU time of the handler's processes; of those that have ended, what was seen at the last scrape before.",
      labels,
    },
    async () => (await usage.read()).map(({ handler, cpuSeconds }) => ({ labels: { handler }, value: cpuSeconds })),
  );
  addScrapedGauge(
    registry,
    {
      name: "informd_sandbox_memory_bytes",
      help: "Private memory of the handler's processes: heap, buffers and stacks, without the code that all share.",
      labels,
    },
    async () => (await usage.read()).map(({ handler, memoryBytes }) => ({ labels: { handler }, value: memoryBytes })),
  );
}

function addLimits(registry: Registry, sources: Pick<MetricSources, "sandboxes">): void {
  addScrapedGauge(
    registry,
    {
      name: "informd_sandbox_memory_limit_bytes",
      help: "About where the handler's process ends because its heap is full: its option memory, and what Node itself takes.",
      labels: ["handler"],
    },
    () =>
      sources
        .sandboxes()
        .flatMap(({ handler, memoryBytes }) =>
          memoryBytes === undefined ? [] : [{ labels: { handler }, value: memoryBytes + OWN_BYTES }],
        ),
  );
}

function addEngines(registry: Registry, sources: Pick<MetricSources, "sandboxes">): void {
  addScrapedGauge(
    registry,
    {
      name: "informd_sandbox_engine",
      help: "Always 1. In which engine the revision that serves runs: vm2, or process alone.",
      labels: ["handler", "engine"],
    },
    () =>
      sources
        .sandboxes()
        .flatMap(({ handler, engine }) => (engine === undefined ? [] : [{ labels: { handler, engine }, value: 1 }])),
  );
}
