/** What handlers measure themselves, as whoever shows it gets it. */
export type MetricType = "counter" | "gauge" | "histogram";

/** One metric of one handler. Several handlers may have metrics of one name; then these are of one type. */
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

/** In Prometheus' text format, each with the handler's id as label `handler`: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export function ownMetricsText(metrics: readonly OwnMetric[]): string {
  const byName = Map.groupBy(metrics, ({ name }) => name);
  return Array.from(byName, ([name, same]) => familyText(name, same)).join("");
}

function familyText(name: string, metrics: readonly OwnMetric[]): string {
  const [first] = metrics;
  if (!first) return "";
  const lines = metrics.flatMap(({ handler, series }) =>
    series.flatMap((one) => seriesLines(name, [["handler", handler], ...one.labels], one)),
  );
  return [`# HELP ${name} Of handlers.`, `# TYPE ${name} ${first.type}`, ...lines, ""].join("\n");
}

type Labels = OwnSeries["labels"];

function seriesLines(name: string, labels: Labels, { value, distribution }: OwnSeries): readonly string[] {
  if (!distribution) return [line(name, labels, value)];
  const { buckets, count } = distribution;
  return [
    ...buckets.map((bucket) => line(`${name}_bucket`, [...labels, ["le", String(bucket.upperBound)]], bucket.count)),
    line(`${name}_bucket`, [...labels, ["le", "+Inf"]], count),
    line(`${name}_sum`, labels, value),
    line(`${name}_count`, labels, count),
  ];
}

function line(name: string, labels: Labels, value: number): string {
  return `${name}{${labels.map(([label, text]) => `${label}="${escape(text)}"`).join(",")}} ${numberText(value)}`;
}

function escape(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');
}

/** Finite numbers can add up to one that is not. */
function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "+Inf" : "-Inf";
}
