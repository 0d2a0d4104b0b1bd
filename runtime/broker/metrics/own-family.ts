import type { MetricType, OwnSeries } from "#observability/metrics/own-metrics.ts";
import type { MetricLabel, MetricSample, SeriesName } from "./metric-sample.ts";
import { seriesBytes } from "./series-bytes.ts";

/** One metric of one handler: its series by their labels. */
export class OwnFamily {
  readonly name: string;
  readonly type: MetricType;
  readonly buckets: readonly number[];
  readonly #series = new Map<string, Series>();
  /** How many series have just these names of labels. */
  readonly #labelNames = new Map<string, number>();
  #bytes = 0;
  #begunBy: number;
  #writtenBy: number;

  constructor({ name, type, buckets }: MetricSample, revision: number) {
    this.name = name;
    this.type = type;
    this.buckets = buckets;
    this.#begunBy = revision;
    this.#writtenBy = revision;
  }

  /** What older revisions write is not kept. */
  get begunBy(): number {
    return this.#begunBy;
  }

  /** The newest revision that has written it. */
  get writtenBy(): number {
    return this.#writtenBy;
  }

  get size(): number {
    return this.#series.size;
  }

  /** About, as text. */
  get bytes(): number {
    return this.#bytes;
  }

  get series(): readonly OwnSeries[] {
    return Array.from(this.#series.values(), ({ labels, value, counts }) => {
      if (this.type !== "histogram") return { labels, value };
      let count = 0;
      const buckets = this.buckets.map((upperBound, at) => ({ upperBound, count: (count += counts[at] ?? 0) }));
      return { labels, value, distribution: { buckets, count: count + (counts.at(-1) ?? 0) } };
    });
  }

  has({ labels }: SeriesName): boolean {
    return this.#series.has(keyOf(labels));
  }

  /** Whether any series has just these labels, with whatever values. */
  hasLabelNames({ labels }: SeriesName): boolean {
    return this.#labelNames.has(namesOf(labels));
  }

  isLike({ type, buckets }: MetricSample): boolean {
    return (
      type === this.type &&
      buckets.length === this.buckets.length &&
      buckets.every((one, at) => one === this.buckets[at])
    );
  }

  /** Lets go of what only older revisions have written. Returns how many series these were. */
  beginAnew(revision: number): number {
    const { size } = this;
    this.#begunBy = revision;
    for (const { labels, writtenBy } of this.#series.values()) if (writtenBy < revision) this.remove({ labels });
    return size - this.size;
  }

  /** Returns whether it is the first of its series. */
  add({ value, labels }: MetricSample, revision: number): boolean {
    const key = keyOf(labels);
    const known = this.#series.get(key);
    const series = known ?? this.#begin(key, labels);
    series.writtenBy = Math.max(series.writtenBy, revision);
    this.#writtenBy = Math.max(this.#writtenBy, revision);
    if (this.type === "gauge") series.value = value;
    else series.value += value;
    if (this.type === "histogram") this.#count(series, value);
    return known === undefined;
  }

  /** Returns whether it was there. */
  remove({ labels }: Pick<SeriesName, "labels">): boolean {
    if (!this.#series.delete(keyOf(labels))) return false;
    this.#bytes -= seriesBytes({ ...this.#shape, labels });
    const names = namesOf(labels);
    const others = (this.#labelNames.get(names) ?? 0) - 1;
    if (others > 0) this.#labelNames.set(names, others);
    else this.#labelNames.delete(names);
    return true;
  }

  get #shape(): Pick<MetricSample, "name" | "type" | "buckets"> {
    return { name: this.name, type: this.type, buckets: this.buckets };
  }

  #count({ counts }: Series, value: number): void {
    const at = this.buckets.findIndex((upperBound) => value <= upperBound);
    const bucket = at < 0 ? this.buckets.length : at;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }

  #begin(key: string, labels: readonly MetricLabel[]): Series {
    const counts = this.type === "histogram" ? Array.from({ length: this.buckets.length + 1 }, () => 0) : [];
    const series = { labels, value: 0, counts, writtenBy: 0 };
    this.#series.set(key, series);
    this.#bytes += seriesBytes({ ...this.#shape, labels });
    const names = namesOf(labels);
    this.#labelNames.set(names, (this.#labelNames.get(names) ?? 0) + 1);
    return series;
  }
}

interface Series {
  readonly labels: readonly MetricLabel[];
  value: number;
  /** Of a histogram: what fell into each bucket, and above the last one. */
  readonly counts: number[];
  /** The newest revision that has. */
  writtenBy: number;
}

function keyOf(labels: readonly MetricLabel[]): string {
  return JSON.stringify(labels);
}

function namesOf(labels: readonly MetricLabel[]): string {
  return labels.map(([name]) => name).join(" ");
}
