import type { MetricSample } from "./metric-sample.ts";

/** Beside what the handler chooses: quotes, a number, an ending of the name. */
const BESIDE_BYTES = 40;

/** About as much text as a series is on `/metrics`, where a histogram has a line for each bucket. */
export function seriesBytes({ name, type, buckets, labels }: Omit<MetricSample, "value">): number {
  const lines = type === "histogram" ? buckets.length + 3 : 1;
  const texts = labels.map(([label, value]) => label.length + Buffer.byteLength(JSON.stringify(value)));
  return lines * texts.reduce((sum, bytes) => sum + bytes, name.length + BESIDE_BYTES);
}
