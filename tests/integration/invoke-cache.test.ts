/** A handler that reads its caches finds in files what it would find in the cluster of which they are. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { run } from "../support/run-informd.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";
import { configMap, customResource, pod } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

/** Logs all that can be read of a cache. */
const LOOK = `
export const sorted = (objects) => objects.toSorted((a, b) => (a.metadata.uid < b.metadata.uid ? -1 : 1));
export const look = ({ lister, listers, log }, { name, namespace }) => {
  for (const [cache, one] of Object.entries({ lister, ...listers })) log.info(cache, {
    all: sorted(one.list()),
    count: one.count(),
    inShop: one.count({ namespace: "shop" }),
    web: sorted(one.list({ labelSelector: "tier in (web)", fields: ["metadata.uid", "metadata.labels"] })),
    itself: one.get(name) ?? null,
    elsewhere: one.get("web-1", "other") ?? null,
  });
};`;

function handlerOn(resource: string, options: string, more = ""): string {
  return `
import { on } from "informd";
import { look, sorted } from "./_look.ts";
export default on("${resource}", ${options}, ({ object, key }, context) => {
  look(context, key);
  ${more}
});`;
}

const HANDLERS = {
  "wide.ts": handlerOn(
    "configmaps",
    `{ labelSelector: "app=shop", indexes: { byMode: "data.mode" }, listers: ["pods", "namespaces", "widgets.example.com"] }`,
    `context.log.info("index", { fast: sorted(context.lister.byIndex("byMode", "fast")) });`,
  ),
  "narrow.ts": handlerOn(
    "pods",
    `{ namespaces: ["shop"], labelSelector: "tier=web", pushDown: true, listers: { all: { resource: "pods" }, db: { resource: "po", labelSelector: "tier!=web" }, ns: { resource: "ns" } } }`,
  ),
  "one.ts": handlerOn("pods", `{ fieldSelector: "metadata.name=web-1,metadata.namespace!=other", listers: ["pods"] }`),
  "custom.ts": handlerOn(
    "wd",
    `{ listers: { widgets: { resource: "Widget.example.com", labelSelector: "tier=web" } } }`,
  ),
  "_look.ts": LOOK,
};

interface Told {
  readonly event: object;
  readonly outcome: object;
  readonly logs: readonly { readonly msg: string; readonly data: object }[];
}

onEachServer("caches of files", ({ open }) => {
  const folder = new TemporaryDirectory(
    Object.fromEntries(Object.entries(HANDLERS).map(([name, text]) => [`handlers/${name}`, text])),
  );
  let cluster: TestCluster;

  before(async () => {
    cluster = await open();
    for (const namespace of ["shop", "other"]) await cluster.createNamespace(namespace);
    await cluster.apply(customResource("Widget", { shortNames: ["wd"] }));
    await cluster.untilServed("example.com/v1", "Widget");
    for (const namespace of ["shop", "other"]) {
      const [web, db] = [{ tier: "web", app: "shop" }, { tier: "db" }].map((labels) => ({ namespace, labels }));
      await cluster.apply(
        pod("web-1", web),
        pod("web-2", web),
        pod("db-1", db),
        configMap("a", { ...web, data: { mode: "fast" } }),
        configMap("b", { ...db, data: { mode: "fast" } }),
        configMap("c", { ...web, data: { mode: "slow" } }),
        { apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "w", ...web }, spec: { size: 1 } },
      );
    }
    for (const [name, path] of [
      ["pods", "/api/v1/pods"],
      ["maps", "/api/v1/configmaps"],
      ["namespaces", "/api/v1/namespaces"],
      ["widgets", "/apis/example.com/v1/widgets"],
    ] as const)
      folder.write(`dump/${name}.json`, JSON.stringify(await cluster.read(path)));
  });
  after(() => folder[Symbol.dispose]());

  async function told(...args: readonly string[]): Promise<Told> {
    const { code, stdout, stderr } = await run(["invoke", ...args, "-o", "json"], folder.path);
    assert.equal(code, 0, stdout + stderr);
    const { event, outcome, logs } = JSON.parse(stdout) as Told;
    return { event, outcome, logs: logs.map(({ msg, data }) => ({ msg, data })) };
  }

  for (const handler of ["wide", "narrow", "one"]) {
    test(`are as those of the cluster, for ${handler}.ts`, async () => {
      const live = await told(handler, "--kubeconfig", cluster.kubeconfigPath);
      assert.ok(live.logs.length > 1);
      assert.deepEqual(await told(handler, "--cache", "dump"), live);
    });
  }

  test("are as those of the cluster in the namespace of -n", async () => {
    const live = await told("wide", "-n", "shop", "--kubeconfig", cluster.kubeconfigPath);
    assert.deepEqual(await told("wide", "-n", "shop", "--cache", "dump"), live);
  });

  test("are those of custom kinds, which only a cluster knows by their short names", async () => {
    const live = await told("custom", "--kubeconfig", cluster.kubeconfigPath);
    const { code, stderr } = await run(["invoke", "custom", "--cache", "dump"], folder.path);
    assert.deepEqual([code, stderr.split(".")[0]], [1, 'Cannot invoke "custom": there is no kind "wd"']);
    folder.write("handlers/custom.ts", HANDLERS["custom.ts"].replace('"wd"', '"widgets.example.com"'));
    assert.deepEqual(await told("custom", "--cache", "dump"), live);
  });
});
