/**
 * What handlers measure themselves. It keeps every series, whether or not anybody looks, until the handler is gone:
 * processes and revisions of a handler come and go. The broker opens one for each revision; `/metrics` and `invoke` read it.
 */
import type { OwnMetric } from "#observability/metrics/own-metrics.ts";
import { HandlerMeter, type Meter } from "./handler-meter.ts";

export class Meters {
  readonly #meters = new Map<string, HandlerMeter>();

  /** For one revision of a handler. A later one is a newer revision. */
  open(handler: string): Meter {
    const meter = this.#meters.get(handler) ?? new HandlerMeter(handler);
    this.#meters.set(handler, meter);
    return meter.openRevision();
  }

  get metrics(): readonly OwnMetric[] {
    return [...this.#meters.values()].flatMap(({ metrics }) => metrics);
  }

  /** By handler: samples that there was no room for. */
  get drops(): readonly { readonly handler: string; readonly drops: number }[] {
    return Array.from(this.#meters.values(), ({ handler, drops }) => ({ handler, drops }));
  }

  /** What a revision of it still writes is not kept. */
  remove(handler: string): void {
    this.#meters.get(handler)?.close();
    this.#meters.delete(handler);
  }

  rename(from: string, to: string): void {
    const meter = this.#meters.get(from);
    if (!meter) return;
    this.remove(to);
    this.#meters.delete(from);
    this.#meters.set(to, meter);
    meter.handler = to;
  }
}
