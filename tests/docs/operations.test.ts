import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ALERTS, runbookOf } from "#observability/alerts.ts";
import { HANDLER_STATES } from "#observability/health/health-sources.ts";
import { observedMetrics } from "../support/observed-metrics.ts";

const TEXT = readFileSync(join(import.meta.dirname, "..", "..", "docs", "operations.md"), "utf8");

/** Everything under `### NAME`, up to the next one. */
const SECTIONS = new Map(
  TEXT.split(/^### /m)
    .slice(1)
    .map((section) => [section.split("\n", 1)[0] ?? "", section]),
);

test("docs/operations.md lists every metric with its type, its labels and its text, and no others", async () => {
  const { families } = await observedMetrics();
  const rows = families
    .filter(({ name }) => name.startsWith("informd_"))
    .map(({ name, type, help, series }) => {
      const labels = [...new Set(series.flatMap((one) => Object.keys(one.labels)))].filter((label) => label !== "le");
      return `| \`${name}\` | ${type} | ${labels.length > 0 ? `\`${labels.join(" ")}\`` : ""} | ${help} |`;
    });
  assert.deepEqual(TEXT.match(/^\| `informd_.*$/gm), rows);
});

test("docs/operations.md says of every alert what it means, what to check and how to cure it", () => {
  assert.deepEqual(
    [...SECTIONS.keys()],
    ALERTS.map(({ name }) => name),
  );
  for (const { name, expr, for: duration, severity } of ALERTS) {
    const section = SECTIONS.get(name) ?? "";
    const lasted = duration === "0m" ? "at once" : `for ${duration}`;
    assert.ok(section.includes(`\n\`${expr}\` ${lasted}: ${severity}.\n`), `${name}: ${expr} ${lasted}: ${severity}`);
    for (const part of ["Meaning", "Check", "Cure"])
      assert.match(section, new RegExp(`^- \\*\\*${part}\\.\\*\\* .{20}`, "m"));
    assert.equal(runbookOf(name), `docs/operations.md#${name.toLowerCase()}`);
  }
});

test("docs/operations.md says what each state of a handler means", () => {
  for (const state of HANDLER_STATES) assert.match(TEXT, new RegExp(`\`${state}\` \\(`));
});
