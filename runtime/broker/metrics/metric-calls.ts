/** `metrics` of one revision of a handler. */
import type { MetricType } from "#observability/metrics/own-metrics.ts";
import type { BrokerDeps, BrokeredHandler } from "../ports.ts";
import { readMetricSample, readSeriesName } from "./metric-sample.ts";

type MetricCall = (args: readonly unknown[]) => string;

const TYPES: readonly MetricType[] = ["counter", "gauge", "histogram"];

/** Finds the call that a method names. It throws `BadCallError`, and answers `null`. */
export function createMetricCalls(
  { metrics }: Pick<BrokerDeps, "metrics">,
  { id }: Pick<BrokeredHandler, "id">,
): (method: string) => MetricCall | undefined {
  const meter = metrics.open(id);
  const calls = new Map<string, (args: readonly unknown[]) => void>([
    ...TYPES.map(
      (type) => [`metrics.${type}`, (args: readonly unknown[]) => meter.add(readMetricSample(type, args))] as const,
    ),
    ["metrics.remove", (args) => meter.remove(readSeriesName(args))],
  ]);
  return (method) => {
    const call = calls.get(method);
    return call && ((args) => (call(args), "null"));
  };
}
