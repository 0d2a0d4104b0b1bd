import { type OwnMetric, writtenNames } from "#observability/metrics/own-metrics.ts";
import { BadCallError } from "../errors.ts";
import type { MetricSample, SeriesName } from "./metric-sample.ts";
import { OwnFamily } from "./own-family.ts";
import { seriesBytes } from "./series-bytes.ts";

/** One revision's way to its handler's series. */
export interface Meter {
  /** Throws `BadCallError` if this cannot be kept beside what is there. */
  add(sample: MetricSample): void;
  /** One series. Does nothing if it is not there. */
  remove(series: SeriesName): void;
}

/** Of one handler: combinations of a name and its labels' values. */
const SERIES_LIMIT = 1000;
/** Of them all, as text. */
const LIMIT_BYTES = 4 * 2 ** 20;

/**
 * One handler's metrics, through all its revisions. A newer revision goes on with what is there; if it writes a metric with another
 * type, other buckets or other label names, that metric begins anew, and what an older revision still has to say of it is not kept.
 */
export class HandlerMeter {
  handler: string;
  drops = 0;
  readonly #families = new Map<string, OwnFamily>();
  /** By each name that Prometheus reads: a histogram has four. */
  readonly #written = new Map<string, OwnFamily>();
  #size = 0;
  #revisions = 0;
  #isClosed = false;

  constructor(handler: string) {
    this.handler = handler;
  }

  get metrics(): readonly OwnMetric[] {
    const { handler } = this;
    return Array.from(this.#families.values(), ({ name, type, series }) => ({ handler, name, type, series }));
  }

  openRevision(): Meter {
    const revision = ++this.#revisions;
    return {
      add: (sample) => this.#add(sample, revision),
      remove: (series) => this.#remove(series, revision),
    };
  }

  close(): void {
    this.#isClosed = true;
    this.#families.clear();
    this.#written.clear();
  }

  #add(sample: MetricSample, revision: number): void {
    if (this.#isClosed) return;
    const known = this.#families.get(sample.name);
    if (known && known.begunBy > revision) return;
    const family = known && this.#goesOn(known, sample, revision) ? known : this.#begin(sample, revision);
    if (family.add(sample, revision)) this.#size += 1;
  }

  #remove(series: SeriesName, revision: number): void {
    const family = this.#families.get(series.name);
    if (!family || family.begunBy > revision || !family.remove(series)) return;
    this.#size -= 1;
    if (family.size === 0) this.#forget(family);
  }

  /** Whether the sample belongs to what is there. If not, that has to go. */
  #goesOn(known: OwnFamily, sample: MetricSample, revision: number): boolean {
    if (!known.isLike(sample)) {
      if (known.writtenBy < revision) return false;
      throw new BadCallError(`Cannot call metrics.${sample.type}: ${unlike(known, sample)}`);
    }
    if (known.has(sample)) return true;
    if (known.begunBy < revision && !known.hasLabelNames(sample)) this.#size -= known.beginAnew(revision);
    this.#needRoom(sample);
    return true;
  }

  /** Ends what older revisions wrote under its names. */
  #begin(sample: MetricSample, revision: number): OwnFamily {
    const names = writtenNames(sample);
    const older = names.map((name) => this.#written.get(name)).filter((family) => family !== undefined);
    const other = older.find(({ writtenBy }) => writtenBy >= revision);
    if (other) throw new BadCallError(taken(sample, other));
    for (const family of new Set(older)) this.#forget(family);
    this.#needRoom(sample);
    const family = new OwnFamily(sample, revision);
    this.#families.set(family.name, family);
    for (const name of names) this.#written.set(name, family);
    return family;
  }

  #forget(family: OwnFamily): void {
    this.#families.delete(family.name);
    for (const name of writtenNames(family)) this.#written.delete(name);
    this.#size -= family.size;
  }

  #needRoom(sample: MetricSample): void {
    const { type, name } = sample;
    const isFull = this.#size >= SERIES_LIMIT;
    if (!isFull && this.#bytes + seriesBytes(sample) <= LIMIT_BYTES) return;
    this.drops += 1;
    const fact = isFull
      ? `would be series ${SERIES_LIMIT + 1} of this handler, and ${SERIES_LIMIT} is the limit`
      : `would make this handler's series longer than ${LIMIT_BYTES / 2 ** 20} MiB of text, which is the limit`;
    throw new BadCallError(
      `Cannot call metrics.${type}: "${name}" with these labels ${fact}. Series that exist go on; leave out labels that have many values`,
    );
  }

  get #bytes(): number {
    return this.#families.values().reduce((sum, { bytes }) => sum + bytes, 0);
  }
}

function unlike({ name, type }: OwnFamily, sample: MetricSample): string {
  return type === sample.type
    ? `"${name}" has other buckets in this handler; give the same with each call`
    : `"${name}" is a ${type} in this handler; choose another name`;
}

function taken({ name, type }: MetricSample, other: OwnFamily): string {
  return `Cannot call metrics.${type}: "${name}" would write what "${other.name}", a ${other.type} of this handler, writes already; choose another name`;
}
