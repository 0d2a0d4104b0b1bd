import assert from "node:assert/strict";
import { test } from "node:test";
import { createMetrics, textOf } from "../../support/observed-metrics.ts";

test("reloads are counted by what came of them", async () => {
  const metrics = createMetrics();
  metrics.loads.addHandler("web");
  metrics.loads.reloaded("web", "live");
  metrics.loads.reloaded("web", "live");
  metrics.loads.reloaded("web", "broken");
  const text = await textOf(metrics);
  const of = (result: string) => text.value("informd_handler_reloads_total", { handler: "web", result });
  assert.deepEqual([of("live"), of("unchanged"), of("refused"), of("broken")], [2, 0, 0, 1]);
  metrics.loads.removeHandler("web");
  assert.deepEqual((await textOf(metrics)).series("informd_handler_reloads_total"), []);
});

test("files that do not load are counted one by one up to a hundred, beyond that together", async () => {
  const metrics = createMetrics();
  for (let file = 0; file < 103; file++) metrics.loads.buildFailed(`${file}.ts`);
  metrics.loads.buildFailed("7.ts");
  const before = await textOf(metrics);
  const of = (file: string) => before.value("informd_handler_build_failures_total", { file });
  assert.deepEqual([of("0.ts"), of("7.ts"), of("99.ts"), of("100.ts"), of("(other)")], [1, 2, 1, undefined, 3]);
  metrics.loads.removeFile("7.ts");
  metrics.loads.buildFailed("102.ts");
  const after = await textOf(metrics);
  assert.equal(after.value("informd_handler_build_failures_total", { file: "7.ts" }), undefined);
  assert.equal(after.value("informd_handler_build_failures_total", { file: "102.ts" }), 1);
});
