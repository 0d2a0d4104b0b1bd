import assert from "node:assert/strict";
import { test } from "node:test";
import { HandlerMeasure } from "#assembly/monitoring/measure-handlers.ts";
import { settle } from "../../support/fake-clock.ts";
import { createMetrics, textOf } from "../../support/observed-metrics.ts";
import { batch, revision } from "../../support/revisions.ts";
import { SupervisorBench } from "../../support/supervisor-bench.ts";

function measured() {
  const metrics = createMetrics();
  const measure = new HandlerMeasure(metrics);
  const bench = new SupervisorBench({}, { observer: measure.observer });
  /** Those that are not zero. */
  const counted = async (name: string): Promise<string[]> => {
    const series = (await textOf(metrics)).series(name).filter(({ value }) => value > 0);
    return series.map(({ labels, value }) => `${Object.values(labels).join(" ")} ${value}`);
  };
  return { metrics, measure, bench, reloads: () => counted("informd_handler_reloads_total"), counted };
}

test("the first revision of a handler is no reload, each one after it is", async () => {
  const { bench, reloads } = measured();
  await bench.apply({ revisions: [revision()] });
  assert.deepEqual(await reloads(), []);
  await bench.apply({ revisions: [revision({ code: "v2" })] });
  await bench.apply({ revisions: [revision({ code: "v3" })] });
  await bench.apply({ revisions: [revision({ code: "v3" })] });
  assert.deepEqual(await reloads(), ["watch live 2", "watch unchanged 1"]);
});

test("reloads that fail are counted, the first one too", async () => {
  const { bench, reloads, counted } = measured();
  bench.pool.broken.add("v1");
  await bench.apply({ revisions: [revision()] });
  assert.deepEqual(await reloads(), ["watch refused 1"]);
  await bench.apply({ failures: [{ file: "watch.ts", handlers: ["watch"], problems: [] }] });
  assert.deepEqual(await reloads(), ["watch refused 1", "watch broken 1"]);
  assert.deepEqual(await counted("informd_handler_build_failures_total"), ["watch.ts 1"]);
});

test("a file that never loaded and is gone leaves no series", async () => {
  const { bench, measure, counted } = measured();
  await bench.apply({ failures: [{ file: "a.ts", handlers: [], problems: [] }] });
  await bench.apply({ conflicts: [{ handler: "b", files: ["b.js", "b.ts"] }] });
  assert.deepEqual(await counted("informd_handler_build_failures_total"), ["a.ts 1", "b.js 1", "b.ts 1"]);
  measure.applied(batch({ gone: ["a.ts", "b.js"] }));
  assert.deepEqual(await counted("informd_handler_build_failures_total"), ["b.ts 1"]);
});

test("deaths of a handler's process are counted by reason", async () => {
  const { bench, counted } = measured();
  await bench.apply({ revisions: [revision()] });
  await bench.pod("web", "1");
  bench.pool.alive[0]?.crash("exited (code 7)");
  await bench.clock.advance(1000);
  const [culprit] = bench.inFlight;
  if (culprit) culprit.sandbox.timeOut(culprit);
  await settle();
  assert.deepEqual(await counted("informd_sandbox_restarts_total"), ["watch timed_out 1", "watch crashed 1"]);
});

test("the series of a handler move with its name and go with it", async () => {
  const { metrics, bench, reloads } = measured();
  const handlers = async () => {
    const { families } = await textOf(metrics);
    const names = ["reloads_total", "retries_total", "duration_seconds"].map((name) => `informd_handler_${name}`);
    const series = families.filter(({ name }) => names.includes(name) || name === "informd_sandbox_restarts_total");
    return [...new Set(series.flatMap((family) => family.series.map(({ labels }) => labels["handler"])))];
  };
  await bench.apply({ revisions: [revision()] });
  assert.deepEqual(await handlers(), ["watch"]);
  await bench.apply({ renamed: [{ from: "watch", to: revision({ handler: "other", code: "v1 renamed" }) }] });
  assert.deepEqual(await handlers(), ["other"]);
  assert.deepEqual(await reloads(), ["other live 1"]);
  await bench.apply({ removed: ["other"] });
  assert.deepEqual(await handlers(), []);
  await bench.apply({ revisions: [revision({ handler: "other" })] });
  assert.deepEqual(await reloads(), []);
});
