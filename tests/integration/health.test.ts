import assert from "node:assert/strict";
import { before, test } from "node:test";
import { ask } from "../support/endpoint.ts";
import { handlersOfEachTest } from "../support/handlers-of-each-test.ts";
import { InformdProcess } from "../support/informd-process.ts";
import { configMap } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

const MAPS = `
import { on } from "informd";
export default on("configmaps", { namespaces: ["default"], names: ["seen"] }, (event, { log }) => log.info("seen"));`;

const UNKNOWN_KIND = `
import { on } from "informd";
export default on("gadgets.example.com", () => {});`;

/** Ends when a ConfigMap says so, whatever it is asked. */
const STAYS = `
import { on } from "informd";
export default on("configmaps", { namespaces: ["default"], names: ["begin"] }, async (_event, { lister, log }) => {
  log.info("began");
  while (!lister.get("end")) await new Promise((resolve) => setTimeout(resolve, 10));
});`;

interface Report {
  readonly ok: boolean;
  readonly reason: string;
  readonly version: Readonly<Record<string, string>>;
  readonly apiServer: { readonly url: string; readonly reachable: boolean };
  readonly handlers: readonly {
    readonly handler: string;
    readonly states: readonly string[];
    readonly reasons: Readonly<Record<string, string>>;
  }[];
  readonly informers: readonly { readonly resource: string; readonly namespace: string; readonly synced: boolean }[];
}

onEachServer("health", ({ open }) => {
  let cluster: TestCluster;
  let informd: InformdProcess;
  const { handlers, run } = handlersOfEachTest();

  before(async () => {
    cluster = await open();
  });

  const start = (files: Readonly<Record<string, string>>, ...flags: readonly string[]): void => {
    informd = run(cluster.kubeconfigPath, files, ...flags);
  };

  const statusOf = async (path: string): Promise<number> => (await ask(await addressOf(), path)).status;
  const reportOf = async (path: string): Promise<Report> =>
    JSON.parse((await ask(await addressOf(), path)).body) as Report;
  const addressOf = async (): Promise<string> => String((await informd.log({ msg: "listening" }))["address"]);

  test("says why it is not ready until each handler is live, degraded or broken, and is ready then", async () => {
    start({ "maps.ts": MAPS, "gadgets.ts": UNKNOWN_KIND, "broken.ts": "export default (" });
    const early = await ask(await addressOf(), "/readyz");
    if (early.status !== 200) assert.match((JSON.parse(early.body) as Report).reason, /handlers are/);
    await informd.log({ msg: "ready" });
    assert.deepEqual(
      [await statusOf("/readyz"), await statusOf("/startupz"), await statusOf("/healthz")],
      [200, 200, 200],
    );
    const report = await reportOf("/readyz");
    assert.deepEqual([report.ok, report.reason], [true, "ready"]);
    assert.deepEqual(Object.keys(report.version), ["informd", "node"]);
    assert.deepEqual(report.apiServer, { url: cluster.url, reachable: true });
    assert.deepEqual(
      report.handlers.map(({ handler, states }) => [handler, ...states]),
      [
        ["broken", "broken"],
        ["gadgets", "degraded"],
        ["maps", "live"],
      ],
    );
    const [broken, gadgets] = report.handlers;
    assert.match(broken?.reasons["broken"] ?? "", /^broken\.ts:1:\d+ /);
    assert.match(gadgets?.reasons["degraded"] ?? "", /^Cannot watch "gadgets\.example\.com"/);
    assert.deepEqual(report.informers, [{ resource: "configmaps", namespace: "default", synced: true }]);
  });

  test("is not ready from SIGTERM on, answers until the last run has ended, and is gone then", async () => {
    start({ "stays.ts": STAYS });
    const address = await addressOf();
    await informd.log({ msg: "ready" });
    await cluster.apply(configMap("begin"));
    await informd.log({ msg: "began" });
    informd.signal("SIGTERM");
    await informd.log({ msg: "stopping" });
    const report = await reportOf("/readyz");
    assert.deepEqual([report.ok, report.reason, await statusOf("/readyz")], [false, "stopping", 503]);
    assert.equal(await statusOf("/healthz"), 200);
    await cluster.apply(configMap("end"));
    assert.equal(await informd.exited, 0);
    await assert.rejects(ask(address, "/healthz"), /ECONNREFUSED/);
  });

  test("a port that is taken ends the start with exit code 1, and says what to do", async () => {
    start({ "maps.ts": MAPS });
    await using second = new InformdProcess(
      [
        "start",
        "--kubeconfig",
        cluster.kubeconfigPath,
        "--handlers",
        handlers.path,
        "--state",
        "other",
        "--listen",
        await addressOf(),
      ],
      { cwd: handlers.path },
    );
    assert.equal(await second.exited, 1);
    assert.match(second.stderr, /^Cannot listen on "127\.0\.0\.1:\d+": another program has this port\. Name another/);
  });

  test("with --listen none nothing is served", async () => {
    start({ "maps.ts": MAPS }, "--listen", "none");
    await informd.log({ msg: "ready" });
    assert.deepEqual(informd.where({ msg: "listening" }), []);
  });
});
