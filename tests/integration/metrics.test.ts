import assert from "node:assert/strict";
import { renameSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { before, test } from "node:test";
import { missingForAlerts } from "../support/asked-by-alerts.ts";
import { ask } from "../support/endpoint.ts";
import { handlersOfEachTest } from "../support/handlers-of-each-test.ts";
import type { InformdProcess } from "../support/informd-process.ts";
import { promtool, skipWithoutPromtool } from "../support/promtool.ts";
import { PrometheusText } from "../support/prometheus-text.ts";
import { configMap } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

/** A handler of ConfigMaps of one namespace whose name begins with `prefix`. */
function handlerOf(prefix: string, options: string, body: string): string {
  return `import { on, PermanentError } from "informd";
    const seen = new Set();
    export default on("configmaps", { namespaces: ["default"], names: ["${prefix}*"], events: ["added"], ${options} },
      async (event, { log }) => { const { name } = event.key; ${body} });`;
}

const LOGS = "log.info('seen', { name });";
const RETRIES = "retry: { attempts: 2, backoff: '1ms' },";

const HANDLERS = {
  "well.ts": handlerOf("well", "", LOGS),
  "asleep.ts": handlerOf("asleep", "when: ({ key }) => key.name === 'asleep-not',", LOGS),
  "flaky.ts": handlerOf(
    "flaky",
    RETRIES,
    `if (!seen.has(name)) { seen.add(name); throw new Error("not yet"); } ${LOGS}`,
  ),
  "permanent.ts": handlerOf("permanent", "", "throw new PermanentError('never');"),
  "slow.ts": handlerOf("slow", `timeout: '100ms', ${RETRIES}`, "await new Promise(() => {});"),
  "greedy.ts": handlerOf("greedy", `memory: '16Mi', ${RETRIES}`, "for (;;) seen.add(Array.from({ length: 1e5 }));"),
};

/** The counter comes last: what it counted was measured. */
const MEASURES = `export const config = { namespaces: ["default"], names: ["meter*"], events: ["added"] };
  export default function configMapAdded({ object }, { metrics }) {
    metrics.gauge("maps_now", 3);
    metrics.histogram("map_size_bytes", JSON.stringify(object).length, {}, { buckets: [100, 10_000] });
    metrics.counter("maps_seen_total", 1, { map: 'na"me' });
  }`;

onEachServer("metrics", ({ open }) => {
  let cluster: TestCluster;
  let informd: InformdProcess;
  const { handlers, run } = handlersOfEachTest();

  before(async () => {
    cluster = await open();
  });

  const start = async (files: Readonly<Record<string, string>>, ...flags: readonly string[]): Promise<void> => {
    informd = run(cluster.kubeconfigPath, files, ...flags);
    await informd.log({ msg: "ready" });
  };

  const scrape = async (): Promise<PrometheusText> => {
    const { address } = await informd.log({ msg: "listening" });
    const { status, headers, body } = await ask(String(address), "/metrics");
    assert.deepEqual([status, headers["content-type"]], [200, "text/plain; version=0.0.4; charset=utf-8"]);
    return new PrometheusText(body);
  };

  /** Scrapes until a metric is there as it should be. */
  const scrapeUntil = async (isSo: (metrics: PrometheusText) => boolean): Promise<PrometheusText> => {
    for (;;) {
      const metrics = await scrape();
      if (isSo(metrics)) return metrics;
      await delay(20);
    }
  };

  test("count each run that ended once, by outcome and cause", async () => {
    await start(HANDLERS);
    await cluster.apply(...["well-1", "well-2", "asleep-1", "asleep-not", "flaky-1"].map((name) => configMap(name)));
    await cluster.apply(...["permanent-1", "slow-1", "greedy-1"].map((name) => configMap(name)));
    for (const handler of ["permanent", "slow", "greedy"]) await informd.log({ msg: "dead letter", handler });
    for (const [handler, runs] of [
      ["well", 2],
      ["asleep", 1],
      ["flaky", 1],
    ] as const) {
      await informd.until(handler, () => informd.told(handler).length === runs);
    }
    const metrics = await scrapeUntil((one) => one.sum("informd_handler_events_total", { outcome: "done" }) === 4);
    const runs = metrics
      .series("informd_handler_events_total")
      .map(({ labels: { handler, outcome, cause }, value }) => `${handler} ${outcome} ${cause} ${value}`);
    assert.deepEqual(runs.sort(), [
      "asleep done live 1",
      "asleep skipped live 1",
      "flaky done live 1",
      "flaky failed live 1",
      "greedy crashed live 1",
      "greedy dead live 1",
      "permanent dead live 1",
      "slow dead live 1",
      "slow timed_out live 1",
      "well done live 2",
    ]);
    const ofEach = (name: string, labels = {}) =>
      ["well", "asleep", "flaky", "permanent", "slow", "greedy"].map((handler) =>
        metrics.sum(name, { handler, ...labels }),
      );
    assert.deepEqual(ofEach("informd_handler_retries_total"), [0, 0, 1, 0, 1, 1]);
    assert.deepEqual(ofEach("informd_handler_dead_letters_total"), [0, 0, 0, 1, 1, 1]);
    assert.deepEqual(ofEach("informd_handler_parked"), [0, 0, 0, 1, 1, 1]);
    assert.deepEqual(ofEach("informd_handler_in_flight"), [0, 0, 0, 0, 0, 0]);
    assert.deepEqual(ofEach("informd_handler_duration_seconds_count"), [2, 2, 2, 1, 2, 2]);
    assert.deepEqual(ofEach("informd_handler_lag_seconds_count"), [2, 2, 1, 1, 1, 1]);
    assert.deepEqual(ofEach("informd_sandbox_restarts_total", { reason: "timed_out" }), [0, 0, 0, 0, 2, 0]);
    assert.deepEqual(ofEach("informd_sandbox_restarts_total", { reason: "out_of_memory" }), [0, 0, 0, 0, 0, 2]);
    assert.deepEqual(ofEach("informd_handler_state", { state: "live" }), [1, 1, 1, 1, 1, 1]);
  });

  test("tell what processes and caches use, and who runs", async () => {
    await start({ "well.ts": HANDLERS["well.ts"] });
    await cluster.apply(configMap("well-used"));
    await informd.until("the map", () => informd.told("well").some(({ data }) => data?.["name"] === "well-used"));
    const metrics = await scrape();
    const { items } = await cluster.read<{ items: object[] }>("/api/v1/namespaces/default/configmaps");
    const scope = { resource: "configmaps", namespace: "default" };
    assert.equal(metrics.value("informd_informer_objects", scope), items.length);
    assert.equal(metrics.value("informd_informer_synced", scope), 1);
    assert.equal(metrics.value("informd_informer_relists_total", scope), 0);
    assert.equal(metrics.value("informd_informer_events_total", { ...scope, type: "added" }), 1);
    assert.ok((metrics.value("informd_informer_bytes", { resource: "configmaps" }) ?? 0) > 0);
    assert.deepEqual([metrics.value("informd_ready"), metrics.value("informd_api_server_reachable")], [1, 1]);
    assert.equal(metrics.value("informd_build_info", { node: process.versions.node }), 1);
    assert.ok((metrics.value("process_resident_memory_bytes") ?? 0) > 0);
    const used = metrics.value("informd_sandbox_memory_bytes", { handler: "well" }) ?? 0;
    assert.ok(used > 2 ** 20 && used < (metrics.value("informd_sandbox_memory_limit_bytes", { handler: "well" }) ?? 0));
    assert.ok((metrics.value("informd_sandbox_cpu_seconds_total", { handler: "well" }) ?? 0) > 0);
  });

  test("have whatever an alert asks for as soon as a handler is live", async () => {
    await start({ "well.ts": HANDLERS["well.ts"] });
    assert.deepEqual(missingForAlerts(await scrape()), []);
  });

  test("follow handlers that are saved, broken, renamed and removed", async () => {
    await start({ "well.ts": HANDLERS["well.ts"], "stays.ts": HANDLERS["well.ts"] }, "--watch");
    const handlersNamed = (metrics: PrometheusText): string[] =>
      [...new Set(metrics.families.flatMap(({ series }) => series.map(({ labels }) => labels["handler"])))]
        .filter((handler) => handler !== undefined)
        .sort();
    assert.deepEqual(handlersNamed(await scrape()), ["stays", "well"]);
    const { revision } = await informd.log({ msg: "handler live", handler: "well" });
    handlers.write("well.ts", HANDLERS["well.ts"].replaceAll("seen", "saw"));
    await informd.until("the swap", () =>
      informd.where({ msg: "handler live", handler: "well" }).find((one) => one["revision"] !== revision),
    );
    handlers.write("well.ts", "export default (");
    await informd.log({ msg: "build failed", handler: "well" });
    const broken = await scrape();
    const reloads = (result: string) => broken.value("informd_handler_reloads_total", { handler: "well", result });
    assert.deepEqual([reloads("live"), reloads("broken"), reloads("refused")], [1, 1, 0]);
    assert.equal(broken.value("informd_handler_build_failures_total", { file: "well.ts" }), 1);
    const state = (state: string) => broken.value("informd_handler_state", { handler: "well", state });
    assert.deepEqual([state("live"), state("broken")], [1, 1]);
    renameSync(join(handlers.path, "stays.ts"), join(handlers.path, "moved.ts"));
    await informd.log({ msg: "handler renamed", handler: "moved" });
    assert.deepEqual(handlersNamed(await scrape()), ["moved", "well"]);
    handlers.remove("well.ts");
    await informd.log({ msg: "handler removed", handler: "well" });
    assert.deepEqual(handlersNamed(await scrape()), ["moved"]);
  });

  test("show what handlers measure, through reloads, until a handler is gone", async () => {
    await start({ "a/configmap-added.ts": MEASURES, "b/configmap-added.ts": MEASURES }, "--watch");
    const { revision } = await informd.log({ msg: "handler live", handler: "a/configmap-added" });
    await cluster.apply(configMap("meter-1"));
    const first = await scrapeUntil((one) => one.sum("maps_seen_total") === 2);
    assert.deepEqual(first.series("maps_seen_total", { handler: "a/configmap-added" })[0]?.labels, {
      handler: "a/configmap-added",
      map: 'na"me',
    });
    assert.equal(first.value("map_size_bytes_count", { handler: "b/configmap-added" }), 1);
    assert.equal(first.families.find(({ name }) => name === "map_size_bytes")?.type, "histogram");
    assert.equal(skipWithoutPromtool || promtool(["check", "metrics"], first.text), skipWithoutPromtool || "");
    handlers.write("a/configmap-added.ts", MEASURES.replace("3);", "4);"));
    await informd.until("the swap", () =>
      informd.where({ msg: "handler live", handler: "a/configmap-added" }).find((one) => one["revision"] !== revision),
    );
    await cluster.apply(configMap("meter-2"));
    const second = await scrapeUntil((one) => one.sum("maps_seen_total") === 4);
    assert.equal(second.value("maps_seen_total", { handler: "a/configmap-added" }), 2);
    assert.equal(second.value("maps_now", { handler: "a/configmap-added" }), 4);
    handlers.remove("b/configmap-added.ts");
    await informd.log({ msg: "handler removed", handler: "b/configmap-added" });
    assert.deepEqual(
      (await scrape()).series("maps_now").map(({ labels }) => labels),
      [{ handler: "a/configmap-added" }],
    );
  });

  test("are taken from handlers where nothing is served, too", async () => {
    await start(
      { "configmap-added.ts": MEASURES.replace("});\n  }", "}); console.log('measured');\n  }") },
      "--listen",
      "none",
    );
    await cluster.apply(configMap("meter-3"));
    const { msg } = await informd.until("the run", () => informd.told("configmap-added")[0]);
    assert.equal(msg, "measured");
  });

  test("forget a file that never loaded when it is gone", async () => {
    await start({ "well.ts": HANDLERS["well.ts"], "broken.ts": "export default (" }, "--watch");
    assert.equal((await scrape()).value("informd_handler_state", { handler: "broken", state: "broken" }), 1);
    handlers.remove("broken.ts");
    const metrics = await scrapeUntil((one) => one.series("informd_handler_state", { handler: "broken" }).length === 0);
    assert.deepEqual(metrics.series("informd_handler_build_failures_total"), []);
  });

  test("tell an outage, what it cost, and its end", async () => {
    await start({ "well.ts": HANDLERS["well.ts"] });
    const scope = { resource: "configmaps", namespace: "default" };
    cluster.cut();
    await informd.log({ msg: "API server unreachable" });
    const during = await scrapeUntil((one) => one.value("informd_informer_synced", scope) === 0);
    assert.equal(during.value("informd_api_server_reachable"), 0);
    assert.equal(during.value("informd_ready"), 1);
    await cluster.apply(configMap("well-meanwhile"));
    await cluster.forgetHistory();
    cluster.mend();
    await informd.log({ msg: "API server reachable" });
    const metrics = await scrapeUntil((one) => (one.value("informd_informer_relists_total", scope) ?? 0) >= 1);
    assert.equal(metrics.value("informd_api_server_reachable"), 1);
    assert.equal(metrics.value("informd_informer_synced", scope), 1);
    assert.ok(metrics.sum("informd_informer_watch_restarts_total", scope) >= 1);
  });
});
