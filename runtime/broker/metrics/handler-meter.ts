import type { OwnMetric } from "#observability/metrics/own-metrics.ts";
import { BadCallError } from "../errors.ts";
import type { Conflict, MetricNames } from "./metric-names.ts";
import type { MetricSample } from "./metric-sample.ts";
import { OwnFamily } from "./own-family.ts";

/** One revision's way to its handler's series. */
export interface Meter {
  /** Throws `BadCallError` if this cannot be kept beside what is there. */
  add(sample: MetricSample): void;
}

/** Of one handler: combinations of a name and its labels' values. */
const SERIES_LIMIT = 1000;

/**
 * One handler's metrics, through all its revisions. A newer revision goes on with what is there; if it writes a metric with another
 * type, other buckets or other label names, that metric begins anew, and what an older revision still has to say of it is not kept.
 */
export class HandlerMeter {
  handler: string;
  drops = 0;
  readonly #names: MetricNames;
  readonly #families = new Map<string, OwnFamily>();
  #size = 0;
  #revisions = 0;
  #isClosed = false;

  constructor(names: MetricNames, handler: string) {
    this.#names = names;
    this.handler = handler;
  }

  get metrics(): readonly OwnMetric[] {
    const { handler } = this;
    return Array.from(this.#families.values(), ({ name, type, series }) => ({ handler, name, type, series }));
  }

  openRevision(): Meter {
    const revision = ++this.#revisions;
    return { add: (sample) => this.#add(sample, revision) };
  }

  close(): void {
    this.#isClosed = true;
    for (const family of this.#families.values()) this.#forget(family);
  }

  #add(sample: MetricSample, revision: number): void {
    if (this.#isClosed) return;
    const known = this.#families.get(sample.name);
    if (known && known.begunBy > revision) return;
    const family = known && this.#goesOn(known, sample, revision) ? known : this.#begin(sample, revision);
    if (family.add(sample, revision)) this.#size += 1;
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

  #begin(sample: MetricSample, revision: number): OwnFamily {
    const { name, type } = sample;
    for (;;) {
      const conflict = this.#names.conflict(name, type, this);
      if (!conflict) break;
      const own = conflict.handler === undefined ? this.#families.get(conflict.name) : undefined;
      if (!own || own.writtenBy >= revision) throw new BadCallError(taken(sample, conflict));
      this.#forget(own);
    }
    const known = this.#families.get(name);
    if (known) this.#forget(known);
    this.#needRoom(sample);
    const family = new OwnFamily(sample, revision);
    this.#names.take(name, type, this);
    this.#families.set(name, family);
    return family;
  }

  #forget(family: OwnFamily): void {
    this.#names.release(family.name, family.type, this);
    this.#families.delete(family.name);
    this.#size -= family.size;
  }

  #needRoom({ type, name }: MetricSample): void {
    if (this.#size < SERIES_LIMIT) return;
    this.drops += 1;
    throw new BadCallError(
      `Cannot call metrics.${type}: "${name}" with these labels would be series ${SERIES_LIMIT + 1} of this handler, and ${SERIES_LIMIT} is the limit. Series that exist go on; leave out labels that have many values`,
    );
  }
}

function unlike({ name, type }: OwnFamily, sample: MetricSample): string {
  return type === sample.type
    ? `"${name}" has other buckets in this handler; give the same with each call`
    : `"${name}" is a ${type} in this handler; choose another name`;
}

function taken({ name, type }: MetricSample, conflict: Conflict): string {
  const whose = conflict.handler === undefined ? "this handler" : `handler "${conflict.handler}"`;
  const other = conflict.name === name ? "it" : `"${conflict.name}"`;
  return `Cannot call metrics.${type}: the name "${name}" is taken, ${whose} has ${other} as a ${conflict.type}; choose another name`;
}
