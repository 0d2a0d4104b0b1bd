/** What a handler measured, read from the arguments of `metrics.counter`, `metrics.gauge` and `metrics.histogram`, or which series it names. */
import type { MetricType } from "#observability/metrics/own-metrics.ts";
import { ArgumentReader } from "../argument-reader.ts";
import { BadCallError } from "../errors.ts";

export interface SeriesName {
  readonly name: string;
  /** Sorted by name, none twice; what is empty is left out, as Prometheus has it. */
  readonly labels: readonly MetricLabel[];
}

export interface MetricSample extends SeriesName {
  readonly type: MetricType;
  /** Finite; of a counter not negative. */
  readonly value: number;
  /** Upper bounds, ascending; of histograms only. */
  readonly buckets: readonly number[];
}

export type MetricLabel = readonly [name: string, value: string];

/** Of a metric's name and of a label's. */
const NAME_LIMIT_CHARACTERS = 200;
/** Kubernetes' own names have up to 253. */
const LABEL_VALUE_LIMIT_CHARACTERS = 256;
const LABELS_LIMIT = 10;
const BUCKETS_LIMIT = 30;

/** Those of Prometheus' client libraries: seconds, from what a cache answers to what a person waits for. */
const DEFAULT_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Without colons, which are for recording rules: https://prometheus.io/docs/concepts/data_model/ */
const NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
/** What `/metrics` has itself, and what Prometheus makes for each scrape. */
const RESERVED_PREFIXES = ["informd_", "nodejs_", "process_", "scrape_", "__"];
/** What Prometheus itself makes: whether a target is up, and which alerts there are. */
const RESERVED_NAMES = ["up", "ALERTS", "ALERTS_FOR_STATE"];
/** By which targets are told apart. As `/metrics` is read with `honorLabels`, its own would win. */
const TARGET_LABELS = ["job", "instance", "runtime"];

/** @param args `(name, value, labels, options)`. Throws `BadCallError`. */
export function readMetricSample(type: MetricType, [name, value, labels, options]: readonly unknown[]): MetricSample {
  const read = new ArgumentReader(`metrics.${type}`);
  const isDefault = type === "counter" && (value === undefined || value === null);
  return {
    type,
    ...readSeries(type, read, name, labels),
    value: isDefault ? 1 : readValue(type, read.finite("the value", value)),
    buckets: type === "histogram" ? readBuckets(read, options) : [],
  };
}

/** @param args `(name, labels)` of `metrics.remove`. Throws `BadCallError`. */
export function readSeriesName([name, labels]: readonly unknown[]): SeriesName {
  return readSeries("remove", new ArgumentReader("metrics.remove"), name, labels);
}

/** What stands behind `metrics.` in messages. */
type Method = MetricType | "remove";

function readSeries(method: Method, read: ArgumentReader, name: unknown, labels: unknown): SeriesName {
  return { name: readName(method, read.text("the name", name)), labels: readLabels(method, read, labels) };
}

function readName(method: Method, name: string): string {
  const fact = wrongName(name) ?? reserved(name, RESERVED_PREFIXES) ?? prometheusOwn(name);
  if (fact !== undefined) throw new BadCallError(`Cannot call metrics.${method}: the name ${shown(name)} ${fact}`);
  return name;
}

function readValue(type: MetricType, value: number): number {
  if (type !== "counter" || value >= 0) return value;
  throw new BadCallError(
    `Cannot call metrics.counter: the value is ${value}; a counter only grows. What goes up and down is a gauge`,
  );
}

function readLabels(method: Method, read: ArgumentReader, labels: unknown): readonly MetricLabel[] {
  const entries = Object.entries(read.optionalObject("labels", labels));
  if (entries.length > LABELS_LIMIT) {
    throw new BadCallError(
      `Cannot call metrics.${method}: there are ${entries.length} labels; the limit is ${LABELS_LIMIT}`,
    );
  }
  return entries
    .flatMap(([label, value]) =>
      readLabel(method, label, read.optionalText(`the value of label ${shown(label)}`, value) ?? ""),
    )
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function readLabel(method: Method, label: string, value: string): readonly MetricLabel[] {
  const fact = wrongName(label) ?? reserved(label, ["__"]) ?? ownLabel(method, label);
  if (fact !== undefined) throw new BadCallError(`Cannot call metrics.${method}: the label ${shown(label)} ${fact}`);
  if (value.length > LABEL_VALUE_LIMIT_CHARACTERS) {
    const limit = `the limit is ${LABEL_VALUE_LIMIT_CHARACTERS}`;
    throw new BadCallError(
      `Cannot call metrics.${method}: the value of label "${label}" has ${value.length} characters; ${limit}`,
    );
  }
  // What is no Unicode would become so on its way out, and two values one.
  return value === "" ? [] : [[label, value.toWellFormed()]];
}

function readBuckets(read: ArgumentReader, options: unknown): readonly number[] {
  const { buckets } = read.optionalObject("options", options);
  if (buckets === undefined || buckets === null) return DEFAULT_BUCKETS;
  const bounds = Array.isArray(buckets) ? buckets.map((bound: unknown) => read.finite("a bucket", bound)) : [];
  const isAscending = bounds.every((bound, at) => at === 0 || bound > (bounds[at - 1] ?? bound));
  if (bounds.length > 0 && bounds.length <= BUCKETS_LIMIT && isAscending) return bounds;
  throw new BadCallError(
    `Cannot call metrics.histogram: buckets must be a list of 1 to ${BUCKETS_LIMIT} numbers, each greater than the one before`,
  );
}

function wrongName(name: string): string | undefined {
  if (name.length > NAME_LIMIT_CHARACTERS) {
    return `has ${name.length} characters; the limit is ${NAME_LIMIT_CHARACTERS}`;
  }
  return NAME.test(name) ? undefined : "is none: use letters, digits and _, and no digit at the beginning";
}

function reserved(name: string, prefixes: readonly string[]): string | undefined {
  const prefix = prefixes.find((prefix) => name.startsWith(prefix));
  return prefix === undefined ? undefined : `begins with "${prefix}", which is not for handlers: choose another one`;
}

function prometheusOwn(name: string): string | undefined {
  return RESERVED_NAMES.includes(name) ? "is Prometheus' own: choose another one" : undefined;
}

function ownLabel(method: Method, label: string): string | undefined {
  if (label === "handler") return "is informd's own, it has the handler's id: choose another one";
  if (TARGET_LABELS.includes(label)) return "says which target is read, and is set by Prometheus: choose another one";
  return label === "le" && method === "histogram" ? "is a histogram's own: choose another one" : undefined;
}

const SHOWN_CHARACTERS = 60;

function shown(name: string): string {
  return JSON.stringify(name.length > SHOWN_CHARACTERS ? `${name.slice(0, SHOWN_CHARACTERS)}…` : name);
}
