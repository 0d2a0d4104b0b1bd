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
  { labels: labelNames, ...family }: ScrapedFamily<Label>,
  read: Read<Label>,
): void {
  const collect = (): Promise<void> => refill(gauge, read, ({ labels, value }) => gauge.set(labels, value));
  const gauge = new Gauge<Label>({ ...family, labelNames, registers: [registry], collect });
}

export function addScrapedCounter<Label extends string>(
  registry: Registry,
  { labels: labelNames, ...family }: ScrapedFamily<Label>,
  read: Read<Label>,
): void {
  const collect = (): Promise<void> => refill(counter, read, ({ labels, value }) => counter.inc(labels, value));
  const counter = new Counter<Label>({ ...family, labelNames, registers: [registry], collect });
}

async function refill<Label extends string>(
  metric: { reset(): void },
  read: Read<Label>,
  tell: (sample: Sample<Label>) => void,
): Promise<void> {
  const samples = await read();
  metric.reset();
  for (const sample of samples) tell(sample);
}
