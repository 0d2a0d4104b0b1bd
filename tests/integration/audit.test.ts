import assert from "node:assert/strict";
import { afterEach, before, beforeEach, test } from "node:test";
import { InformdProcess, type LogLine } from "../support/informd-process.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";
import { configMap } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

const REFUSALS = 40;

function onGreeting(body: string): string {
  return `import { on } from "informd";
export default on("configmaps", { namespaces: ["default"], names: ["greeting"],
  allow: { kube: ["create,patch configmaps"] } }, async ({ object }, { kube, log }) => { ${body} log.info("done"); });`;
}

const named = (name: string) => `{ apiVersion: "v1", kind: "ConfigMap", metadata: { ${name} }, data: { a: "text" } }`;

onEachServer("the audit", ({ open }) => {
  let cluster: TestCluster;
  let handlers: TemporaryDirectory;
  let informd: InformdProcess;

  before(async () => {
    cluster = await open();
    await cluster.create(configMap("greeting"));
  });

  beforeEach(() => {
    handlers = new TemporaryDirectory();
  });

  afterEach(async () => {
    await informd.stop();
    handlers[Symbol.dispose]();
  });

  const start = (...flags: readonly string[]): void => {
    const args = ["start", "--kubeconfig", cluster.kubeconfigPath, "--handlers", handlers.path, ...flags];
    informd = new InformdProcess(args, { cwd: handlers.path });
  };

  const factsOf = ({ verb, resource, namespace, name, result, dryRun }: LogLine): readonly unknown[] => [
    `${String(verb)} ${String(resource)} ${String(namespace)}/${String(name)}`,
    result,
    dryRun,
  ];

  test("has each write with the API server's answer, and none of what was written", async () => {
    handlers.write(
      "writes.ts",
      onGreeting(`await kube.create(${named('generateName: "made-"')});
        await kube.create(${named('name: "greeting"')}).catch(() => {});
        await kube.patch("configmaps", { name: "greeting" }, { data: { b: "text" } });`),
    );
    start();
    await informd.log({ msg: "done", handler: "writes" });
    const writes = informd.where({ msg: "kube write", handler: "writes", audit: true }).slice(0, 3);
    const [created, ...others] = writes.map(factsOf);
    assert.match(String(created?.[0]), /^create configmaps default\/made-\w+$/);
    assert.deepEqual(others, [
      ["create configmaps default/greeting", "AlreadyExists", false],
      ["patch configmaps default/greeting", "ok", false],
    ]);
    assert.ok(!JSON.stringify(writes).includes("text"));
  });

  test("has what a handler may not do, and no more than ten records a minute of it", async () => {
    handlers.write(
      "asks.ts",
      onGreeting(`for (let left = ${REFUSALS}; left > 0; left--)
        await kube.delete("configmaps", { name: "greeting" }).catch(() => {});`),
    );
    start();
    await informd.log({ msg: "done", handler: "asks" });
    await informd.stop();
    const refused = informd.where({ msg: "kube call refused", handler: "asks", audit: true });
    assert.equal(refused.length, 10);
    assert.match(String(refused[0]?.["reason"]), /Add "delete configmaps" to allow\.kube/);
    assert.deepEqual(factsOf(refused[0] ?? assert.fail()), [
      "delete configmaps default/greeting",
      undefined,
      undefined,
    ]);
    assert.equal(informd.where({ msg: "more kube calls refused" })[0]?.["count"], REFUSALS - 10);
  });

  test("has which code ran when: loads and removals", async () => {
    handlers.write("first.ts", onGreeting(""));
    start("--watch");
    const { audit, revision } = await informd.log({ msg: "handler live", handler: "first" });
    assert.deepEqual([audit, typeof revision], [true, "string"]);
    handlers.remove("first.ts");
    assert.equal((await informd.log({ msg: "handler removed", handler: "first" }))["audit"], true);
  });
});
