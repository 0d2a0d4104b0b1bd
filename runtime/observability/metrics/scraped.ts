/** Metrics that are read from somebody when they are scraped, as a whole: a series that is not told any more is gone. */
import { Counter, Gauge, type Registry } from "prom-client";

export interface ScrapedFamily<Label extends string> {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly Label[];
}

export interface Sample<Label extends string> {
  readonly labels: Readonly<Record<Label, string>>;
  readonly value: number;
}

type Read<Label extends string> = () => readonly Sample<Label>[] | Promise<readonly Sample<Label>[]>;

export function addScrapedGauge<Label extends string>(
  registry: Registry,
  { name, help, labels: labelNames }: ScrapedFamily<Label>,
  read: Read<Label>,
): void {
  const collect = async (): Promise<void> => {
    const samples = await read();
    gauge.reset();
    for (const { labels, value } of samples) gauge.set(labels, value);
  };
  const gauge = new Gauge<Label>({ name, help, labelNames, registers: [], collect });
  registry.registerMetric(gauge);
}

export function addScrapedCounter<Label extends string>(
  registry: Registry,
  { name, help, labels: labelNames }: ScrapedFamily<Label>,
  read: Read<Label>,
): void {
  const collect = async (): Promise<void> => {
    const samples = await read();
    counter.reset();
    for (const { labels, value } of samples) counter.inc(labels, value);
  };
  const counter = new Counter<Label>({ name, help, labelNames, registers: [], collect });
  registry.registerMetric(counter);
}
