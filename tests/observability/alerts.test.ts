import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { ALERTS, alertGroups } from "#observability/alerts.ts";
import { ALERT_SCENARIOS } from "../support/alert-scenarios.ts";
import { missingForAlerts } from "../support/asked-by-alerts.ts";
import { observedMetrics } from "../support/observed-metrics.ts";
import { promtool, skipWithoutPromtool } from "../support/promtool.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";

test("each alert asks only for metrics and labels that informd has", async () => {
  assert.deepEqual(missingForAlerts(await observedMetrics()), []);
});

test("each alert speaks only of labels that its series have", async () => {
  const { families } = await observedMetrics();
  for (const { name, expr, summary, description } of ALERTS) {
    const [, metric] = /\b(informd_[a-z_]+)/.exec(expr) ?? [];
    const labels = families.flatMap((family) => family.series).find((one) => one.name === metric)?.labels ?? {};
    for (const [, label = ""] of `${summary} ${description}`.matchAll(/\$labels\.(\w+)/g)) {
      assert.ok(label in labels, `${name} speaks of ${label}`);
    }
  }
});

test("each alert has a name of its own, which begins with informd's, and a scenario", () => {
  const names = ALERTS.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  assert.deepEqual(
    names.filter((name) => !/^Informd[A-Z]\w+$/.test(name)),
    [],
  );
  assert.deepEqual(
    ALERT_SCENARIOS.map(({ alert }) => alert),
    names,
  );
});

test("Prometheus accepts the alerts", { skip: skipWithoutPromtool }, () => {
  using folder = new TemporaryDirectory({ "rules.yml": JSON.stringify({ groups: alertGroups() }) });
  assert.match(
    promtool(["check", "rules", join(folder.path, "rules.yml")]),
    new RegExp(`${ALERTS.length} rules found`),
  );
});

test(
  "Prometheus finds nothing wrong with the names and texts of the metrics",
  { skip: skipWithoutPromtool },
  async () => {
    promtool(["check", "metrics"], (await observedMetrics()).text);
  },
);

test(
  "Prometheus tells each alert when it has lasted long enough, and not before",
  { skip: skipWithoutPromtool },
  () => {
    const groups = ALERTS.map(({ name, expr, for: duration, severity, summary }) => ({
      name,
      rules: [{ alert: name, expr, for: duration, labels: { severity }, annotations: { summary } }],
    }));
    const tests = ALERT_SCENARIOS.map(({ alert, when, before, at, labels, summary }) => {
      const severity = ALERTS.find(({ name }) => name === alert)?.severity;
      const told = { exp_labels: { ...labels, severity }, exp_annotations: { summary } };
      return {
        name: alert,
        interval: "1m",
        input_series: Object.entries(when).map(([series, values]) => ({ series, values })),
        alert_rule_test: [
          { eval_time: before, alertname: alert, exp_alerts: [] },
          { eval_time: at, alertname: alert, exp_alerts: [told] },
        ],
      };
    });
    using folder = new TemporaryDirectory({
      "rules.yml": JSON.stringify({ groups }),
      "tests.yml": JSON.stringify({ rule_files: ["rules.yml"], evaluation_interval: "1m", tests }),
    });
    promtool(["test", "rules", join(folder.path, "tests.yml")]);
  },
);
