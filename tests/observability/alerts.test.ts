import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { ALERTS, alertGroups, type SeriesSelector } from "#observability/alerts.ts";
import { ALERT_SCENARIOS, type AlertScenario } from "../support/alert-scenarios.ts";
import { missingForAlerts } from "../support/asked-by-alerts.ts";
import { observedMetrics } from "../support/observed-metrics.ts";
import { promtool, skipWithoutPromtool } from "../support/promtool.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";

const SHOP = { runtime: "shop/informd" };

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

test("each alert says in its description where it is said what to do", () => {
  for (const { alert, annotations } of alertGroups().flatMap(({ rules }) => rules)) {
    assert.ok(annotations.description.endsWith(` See docs/operations.md#${alert.toLowerCase()}.`), alert);
  }
});

test("Prometheus accepts the alerts", { skip: skipWithoutPromtool }, () => {
  using folder = new TemporaryDirectory({ "rules.yml": JSON.stringify({ groups: alertGroups(SHOP) }) });
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

for (const [whose, selector] of [
  ["of the only runtime", {}],
  ["of a runtime by its label", SHOP],
] as const) {
  test(
    `Prometheus tells each alert ${whose} when it has lasted long enough, and not before`,
    { skip: skipWithoutPromtool },
    () => {
      expectAlerts(
        selector,
        ALERT_SCENARIOS.map(({ alert, when, before, at, labels, summary }) => {
          const severity = ALERTS.find(({ name }) => name === alert)?.severity;
          const told = { exp_labels: { ...labels, ...selector, severity }, exp_annotations: { summary } };
          return {
            name: alert,
            input_series: seriesOf(when, selector),
            alert_rule_test: [
              { eval_time: before, alertname: alert, exp_alerts: [] },
              { eval_time: at, alertname: alert, exp_alerts: [told] },
            ],
          };
        }),
      );
    },
  );
}

test(
  "Prometheus tells no alert of a runtime that is well, whatever becomes of another one",
  { skip: skipWithoutPromtool },
  () => {
    const well = seriesOf({ informd_build_info: "1x60" }, { runtime: "audit/informd" });
    expectAlerts(
      { runtime: "audit/informd" },
      ALERT_SCENARIOS.map(({ alert, when, at }) => ({
        name: alert,
        input_series: [...seriesOf(when, SHOP), ...well],
        alert_rule_test: [{ eval_time: at, alertname: alert, exp_alerts: [] }],
      })),
    );
  },
);

test("Prometheus misses a runtime that is gone while another one is there", { skip: skipWithoutPromtool }, () => {
  const gone = { exp_labels: { ...SHOP, severity: "critical" }, exp_annotations: { summary: "informd is not there" } };
  expectAlerts(SHOP, [
    {
      name: "one of two",
      input_series: [
        ...seriesOf({ informd_build_info: "1x4 stale" }, SHOP),
        ...seriesOf({ informd_build_info: "1x60" }, { runtime: "audit/informd" }),
      ],
      alert_rule_test: [{ eval_time: "10m", alertname: "InformdAbsent", exp_alerts: [gone] }],
    },
  ]);
});

/** What promtool's unit tests take. */
interface PrometheusTest {
  readonly name: string;
  readonly input_series: readonly { readonly series: string; readonly values: string }[];
  readonly alert_rule_test: readonly object[];
}

/** With summaries alone: a test has to expect every annotation. */
function expectAlerts(selector: SeriesSelector, tests: readonly PrometheusTest[]): void {
  const groups = alertGroups(selector).map(({ name, rules }) => ({
    name,
    rules: rules.map((rule) => ({ ...rule, annotations: { summary: rule.annotations.summary } })),
  }));
  const minutely = tests.map((one) => ({ interval: "1m", ...one }));
  using folder = new TemporaryDirectory({
    "rules.yml": JSON.stringify({ groups }),
    "tests.yml": JSON.stringify({ rule_files: ["rules.yml"], evaluation_interval: "1m", tests: minutely }),
  });
  promtool(["test", "rules", join(folder.path, "tests.yml")]);
}

/** Series as they are when Prometheus has added these labels. */
function seriesOf(values: AlertScenario["when"], added: SeriesSelector): PrometheusTest["input_series"] {
  const labels = Object.entries(added).map(([label, value]) => `${label}="${value}"`);
  return Object.entries(values).map(([series, minutes]) => {
    const [, metric = "", own = ""] = /^(\w+)(?:\{(.*)\})?$/.exec(series) ?? [];
    const all = [...(own === "" ? [] : [own]), ...labels];
    return { series: `${metric}{${all.join(",")}}`, values: minutes };
  });
}
