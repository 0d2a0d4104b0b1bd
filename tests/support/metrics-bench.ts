import { ownMetricsText } from "#observability/metrics/own-metrics-text.ts";
import { broker, EVENT } from "./brokered-handler.ts";
import { PrometheusText } from "./prometheus-text.ts";

/** A handler that measures, and what is exported of it. */
export function metricsBench() {
  const { capabilities, meters } = broker();
  return {
    measure: (type: string, ...args: readonly unknown[]) => capabilities.read(`metrics.${type}`, args, EVENT),
    text: () => ownMetricsText(meters.metrics),
    shown: () => new PrometheusText(ownMetricsText(meters.metrics)),
  };
}
