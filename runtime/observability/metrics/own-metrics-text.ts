/**
 * Handlers' own metrics in Prometheus' text format, each with the handler's id as label `handler`.
 * https://prometheus.io/docs/instrumenting/exposition_formats/
 */
import { type OwnMetric, type OwnSeries, writtenNames } from "./own-metrics.ts";

interface Line {
  /** What Prometheus reads: of a histogram the name with an ending. */
  readonly name: string;
  readonly text: string;
}

type Labels = OwnSeries["labels"];

/** A name has one type there. What handlers do not agree on is shown without one: queries work all the same. */
export function ownMetricsText(metrics: readonly OwnMetric[]): string {
  const typesByName = Map.groupBy(
    metrics.flatMap((metric) =>
      writtenNames(metric).map((written) => ({ written, type: `${metric.type} ${metric.name}` })),
    ),
    ({ written }) => written,
  );
  const isAgreed = (metric: OwnMetric): boolean =>
    writtenNames(metric).every((name) => new Set(typesByName.get(name)?.map(({ type }) => type)).size === 1);
  const agreed = Map.groupBy(metrics.filter(isAgreed), ({ name }) => name);
  const others = Map.groupBy(metrics.filter((metric) => !isAgreed(metric)).flatMap(linesOf), ({ name }) => name);
  return [
    ...Array.from(agreed, ([name, same]) => familyText(name, same[0]?.type ?? "untyped", same.flatMap(linesOf))),
    ...Array.from(others, ([name, lines]) => familyText(name, "untyped", lines)),
  ].join("");
}

function familyText(name: string, type: string, lines: readonly Line[]): string {
  return [`# HELP ${name} Of handlers.`, `# TYPE ${name} ${type}`, ...lines.map(({ text }) => text), ""].join("\n");
}

function linesOf({ handler, name, series }: OwnMetric): readonly Line[] {
  return series.flatMap((one) => seriesLines(name, [["handler", handler], ...one.labels], one));
}

function seriesLines(name: string, labels: Labels, { value, distribution }: OwnSeries): readonly Line[] {
  if (!distribution) return [line(name, labels, value)];
  const { buckets, count } = distribution;
  return [
    ...buckets.map((bucket) => line(`${name}_bucket`, [...labels, ["le", String(bucket.upperBound)]], bucket.count)),
    line(`${name}_bucket`, [...labels, ["le", "+Inf"]], count),
    line(`${name}_sum`, labels, value),
    line(`${name}_count`, labels, count),
  ];
}

function line(name: string, labels: Labels, value: number): Line {
  const pairs = labels.map(([label, text]) => `${label}="${escape(text)}"`).join(",");
  return { name, text: `${name}{${pairs}} ${numberText(value)}` };
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
