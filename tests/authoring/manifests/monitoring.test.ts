import assert from "node:assert/strict";
import { test } from "node:test";
import { monitoringObjects } from "#authoring/manifests/monitoring.ts";
import { ALERTS, type AlertGroup } from "#observability/alerts.ts";

const IDENTITY = { name: "watcher", namespace: "ops", version: "1.2.3" };

interface Monitor {
  readonly endpoints: readonly { readonly relabelings: readonly Relabeling[] }[];
}

interface Relabeling {
  readonly targetLabel: string;
  readonly replacement: string;
}

test("what is read of a runtime is labelled with its name, and each of its alerts asks for that label alone", () => {
  const [monitor, rule] = monitoringObjects(IDENTITY, {}).map(({ spec }) => spec);
  const [{ relabelings }] = (monitor as Monitor).endpoints as [Monitor["endpoints"][number]];
  assert.deepEqual(relabelings, [{ targetLabel: "runtime", replacement: "ops/watcher" }]);
  const rules = (rule as { readonly groups: readonly AlertGroup[] }).groups.flatMap((group) => group.rules);
  assert.equal(rules.length, ALERTS.length);
  for (const { alert, expr } of rules) {
    const asked = expr.match(/informd_[a-z_]+/g) ?? [];
    const selecting = expr.match(/informd_[a-z_]+\{runtime="ops\/watcher"[,}]/g) ?? [];
    assert.ok(asked.length > 0 && asked.length === selecting.length, `${alert}: ${expr}`);
  }
});

test("what monitors has the labels by which an operator selects it, beside informd's own", () => {
  for (const { kind, metadata } of monitoringObjects(IDENTITY, { release: "prometheus" })) {
    assert.equal(metadata.labels["release"], "prometheus", kind);
    assert.equal(metadata.labels["app.kubernetes.io/instance"], "watcher", kind);
  }
});
