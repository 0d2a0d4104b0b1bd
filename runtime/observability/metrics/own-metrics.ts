/** What handlers measure themselves, as whoever shows it gets it. */
export type MetricType = "counter" | "gauge" | "histogram";

/** One metric of one handler. Others may have metrics of that name too, also of other types. */
export interface OwnMetric {
  readonly handler: string;
  readonly name: string;
  readonly type: MetricType;
  readonly series: readonly OwnSeries[];
}

export interface OwnSeries {
  readonly labels: readonly (readonly [name: string, value: string])[];
  /** Of a histogram the sum of what was observed. */
  readonly value: number;
  /** Of a histogram. */
  readonly distribution?: OwnDistribution | undefined;
}

export interface OwnDistribution {
  readonly count: number;
  /** Ascending; each counts what was not above it. */
  readonly buckets: readonly OwnBucket[];
}

export interface OwnBucket {
  readonly upperBound: number;
  readonly count: number;
}

/** What Prometheus reads of a metric. */
export function writtenNames({ name, type }: Pick<OwnMetric, "name" | "type">): readonly string[] {
  return type === "histogram" ? [`${name}_bucket`, `${name}_sum`, `${name}_count`, name] : [name];
}
