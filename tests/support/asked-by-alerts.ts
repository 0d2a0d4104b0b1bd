import { ALERTS } from "#observability/alerts.ts";
import type { PrometheusText } from "./prometheus-text.ts";

/** What alerts ask for and what is not there, as `ALERT: metric{label="value"}`. */
export function missingForAlerts(metrics: PrometheusText): string[] {
  return ALERTS.flatMap(({ name, expr }) =>
    [...expr.matchAll(/\b(informd_[a-z_]+)(?:\{([^}]*)\})?/g)].flatMap(([selector, metric = "", matchers = ""]) => {
      const labels = [...matchers.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = "", value = ""]) => [label, value]);
      const found = metrics.series(metric, Object.fromEntries(labels) as Record<string, string>);
      return found.length > 0 ? [] : [`${name}: ${selector}`];
    }),
  );
}
