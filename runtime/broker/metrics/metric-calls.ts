/** `metrics.counter`, `metrics.gauge` and `metrics.histogram` of one revision of a handler. */
import type { MetricType } from "#observability/metrics/own-metrics.ts";
import type { BrokerDeps, BrokeredHandler } from "../ports.ts";
import { readMetricSample } from "./metric-sample.ts";

type MetricCall = (args: readonly unknown[]) => string;

const TYPES: readonly MetricType[] = ["counter", "gauge", "histogram"];

/** Finds the call that a method names. It throws `BadCallError`, and answers `null`. */
export function createMetricCalls(
  { metrics }: Pick<BrokerDeps, "metrics">,
  { id }: Pick<BrokeredHandler, "id">,
): (method: string) => MetricCall | undefined {
  const meter = metrics.open(id);
  return (method) => {
    const type = TYPES.find((type) => method === `metrics.${type}`);
    if (type === undefined) return undefined;
    return (args) => {
      meter.add(readMetricSample(type, args));
      return "null";
    };
  };
}
