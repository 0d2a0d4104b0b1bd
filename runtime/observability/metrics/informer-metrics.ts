import { Counter, type Registry } from "prom-client";

/** What is told of a watch's events. */
export type EventKind = "added" | "modified" | "deleted";

const KINDS: readonly EventKind[] = ["added", "modified", "deleted"];

interface Families {
  readonly events: Counter<"resource" | "namespace" | "type">;
  readonly watchRestarts: Counter<"resource" | "namespace" | "reason">;
  readonly relists: Counter<"resource" | "namespace">;
}

/** What is counted of what informers ask the API server. */
export class InformerMetrics {
  readonly #families: Families;
  readonly #series = new Map<string, InformerSeries>();

  constructor(registry: Registry) {
    const registers = [registry];
    this.#families = {
      events: new Counter({
        name: "informd_informer_events_total",
        help: "Events of watches, by type. Those that only tell a complete state do not count.",
        labelNames: ["resource", "namespace", "type"],
        registers,
      }),
      watchRestarts: new Counter({
        name: "informd_informer_watch_restarts_total",
        help: "Watches that ended or could not be opened, by reason. Servers close each one after some minutes.",
        labelNames: ["resource", "namespace", "reason"],
        registers,
      }),
      relists: new Counter({
        name: "informd_informer_relists_total",
        help: "Complete states that were read after the first one.",
        labelNames: ["resource", "namespace"],
        registers,
      }),
    };
  }

  /** Begins with zeros. Several informers of one resource and namespace have the same series. */
  acquire(resource: string, namespace: string): InformerSeries {
    const key = `${resource}/${namespace}`;
    const series = this.#series.get(key) ?? new InformerSeries(this.#families, resource, namespace);
    series.holders += 1;
    this.#series.set(key, series);
    return series;
  }

  /** The series goes with the last one who has it. */
  release(resource: string, namespace: string): void {
    const key = `${resource}/${namespace}`;
    const series = this.#series.get(key);
    if (!series) return;
    series.holders -= 1;
    if (series.holders > 0) return;
    series.remove();
    this.#series.delete(key);
  }
}

export class InformerSeries {
  holders = 0;
  readonly #families: Families;
  readonly #scope: { readonly resource: string; readonly namespace: string };
  readonly #events: Readonly<Record<EventKind, Counter.Internal>>;
  readonly #relists: Counter.Internal;
  readonly #reasons = new Set<string>();

  constructor(families: Families, resource: string, namespace: string) {
    this.#families = families;
    this.#scope = { resource, namespace };
    const event = (type: EventKind): Counter.Internal => families.events.labels(resource, namespace, type);
    this.#events = { added: event("added"), modified: event("modified"), deleted: event("deleted") };
    this.#relists = families.relists.labels(resource, namespace);
    for (const counter of [...Object.values(this.#events), this.#relists]) counter.inc(0);
  }

  event(kind: EventKind): void {
    this.#events[kind].inc();
  }

  /** @param reason one of few words */
  watchEnded(reason: string): void {
    this.#reasons.add(reason);
    this.#families.watchRestarts.inc({ ...this.#scope, reason });
  }

  relisted(): void {
    this.#relists.inc();
  }

  remove(): void {
    const { events, watchRestarts, relists } = this.#families;
    for (const type of KINDS) events.remove({ ...this.#scope, type });
    for (const reason of this.#reasons) watchRestarts.remove({ ...this.#scope, reason });
    relists.remove(this.#scope);
  }
}
