import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { InformdProcess } from "../support/informd-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { configMap } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

interface ClusterEvent {
  readonly involvedObject: { readonly kind: string; readonly name: string; readonly uid: string };
  readonly type: string;
  readonly reason: string;
  readonly message: string;
}

const WAIT_MS = 20_000;
const ASK_AGAIN_MS = 50;
const RBAC = "rbac.authorization.k8s.io";
const BROKEN = "export default {\n";

function handlerOf(text: string): string {
  return `import { on } from "informd";
export default on("configmaps", { names: ["x-*"] }, (_, { log }) => log.info("${text}"));\n`;
}

onEachServer("ConfigMaps with handlers", (server) => {
  let cluster: TestCluster;
  before(async () => void (cluster = await server.open()));

  function start(handlers: string, kubeconfig: string, ...flags: string[]): InformdProcess {
    const state = join(temporaryFolder(), "state");
    const places = ["--handlers", handlers, "--state", state, "--listen", "none"];
    return new InformdProcess(["start", "--kubeconfig", kubeconfig, ...places, ...flags]);
  }

  async function eventsOn(namespace: string, map: string): Promise<readonly ClusterEvent[]> {
    const { items } = await cluster.read<{ items: ClusterEvent[] }>(`/api/v1/namespaces/${namespace}/events`);
    return items.filter(({ involvedObject: { kind, name } }) => kind === "ConfigMap" && name === map);
  }

  async function eventOn(namespace: string, map: string, message: RegExp): Promise<ClusterEvent> {
    for (const deadline = performance.now() + WAIT_MS; performance.now() < deadline; await delay(ASK_AGAIN_MS)) {
      const found = (await eventsOn(namespace, map)).find((one) => message.test(one.message));
      if (found) return found;
    }
    throw new Error(`waited in vain for ${message}: ${JSON.stringify(await eventsOn(namespace, map))}`);
  }

  test("are told as Events what is live and what is broken, once for each change, and are never written to", async (context) => {
    const namespace = await cluster.createNamespace("told-map");
    const labels = { "informd.io/handlers": "true" };
    const map = (name: string, data: Readonly<Record<string, string>>) => configMap(name, { namespace, labels, data });
    await cluster.apply(map("shop", { "one.ts": handlerOf("one"), "two.ts": BROKEN }));
    await cluster.apply(map("billing", { "team__paid.mjs": handlerOf("paid") }));
    await using informd = start("configmaps", cluster.kubeconfigPath, "-n", namespace);
    await informd.log({ msg: "handler live", handler: "billing/team/paid" });
    const loaded = await eventOn(namespace, "shop", /^Loaded "shop\/one" \([0-9a-f]{12}\)$/);
    assert.deepEqual([loaded.type, loaded.reason], ["Normal", "HandlersLoaded"]);
    const broken = await eventOn(namespace, "shop", /^shop\/two\.ts:2:1 Expected identifier but found end of file$/);
    assert.deepEqual([broken.type, broken.reason], ["Warning", "HandlerBuildFailed"]);
    await eventOn(namespace, "billing", /^Loaded "billing\/team\/paid" /);
    const begun = performance.now();
    await cluster.apply(map("shop", { "one.ts": handlerOf("one"), "two.ts": handlerOf("two") }));
    await informd.log({ msg: "handler live", handler: "shop/two" });
    context.diagnostic(`from apply to live: ${Math.round(performance.now() - begun)} ms`);
    await eventOn(namespace, "shop", /^Loaded "shop\/two" /);
    assert.deepEqual((await eventsOn(namespace, "shop")).map(({ reason }) => reason).sort(), [
      "HandlerBuildFailed",
      "HandlersLoaded",
      "HandlersLoaded",
    ]);
    assert.equal(informd.where({ msg: "handler live" }).length, 3);
    const stored = await cluster.get(map("shop", {}));
    assert.equal(loaded.involvedObject.uid, stored?.metadata.uid);
    const { managedFields } = await cluster
      .read<{ metadata: { managedFields: readonly { readonly manager: string }[] } }>(
        `/api/v1/namespaces/${namespace}/configmaps/shop`,
      )
      .then(({ metadata }) => metadata);
    assert.deepEqual(
      managedFields.map(({ manager }) => manager),
      ["test"],
    );
    assert.equal(await informd.stop(), 0);
  });

  test("are told as removed on a map that loses its label", async () => {
    const namespace = await cluster.createNamespace("unlabelled-map");
    const map = (labels: Readonly<Record<string, string>>) =>
      configMap("shop", { namespace, labels, data: { "one.ts": handlerOf("one") } });
    await cluster.apply(map({ "informd.io/handlers": "true" }));
    await using informd = start("configmaps", cluster.kubeconfigPath, "-n", namespace);
    await informd.log({ msg: "handler live", handler: "shop/one" });
    await cluster.apply(map({}));
    const removed = await eventOn(namespace, "shop", /^Removed "shop\/one"$/);
    assert.deepEqual([removed.type, removed.reason], ["Normal", "HandlersRemoved"]);
    assert.equal(await informd.stop(), 0);
  });

  test("are waited for while the API server is away at the start", async () => {
    const namespace = await cluster.createNamespace("cut-map");
    await cluster.apply(configMap("handlers", { namespace, data: { "one.ts": handlerOf("one") } }));
    cluster.cut();
    await using informd = start(`configmap/${namespace}/handlers`, cluster.kubeconfigPath, "-n", namespace);
    try {
      await informd.log({ msg: "API server unreachable" });
    } finally {
      cluster.mend();
    }
    await informd.log({ msg: "handler live", handler: "one" });
    await informd.log({ msg: "ready", live: 1 });
    assert.equal(await informd.stop(), 0);
  });

  test(
    "that a runtime may list but not watch: the log names the verb and the resource",
    { skip: server.onlyReal("the embedded one knows no rights") },
    async () => {
      const namespace = await cluster.createNamespace("half-rights");
      await cluster.apply(configMap("handlers", { namespace, data: { "one.ts": handlerOf("one") } }));
      const { name, kubeconfigPath } = cluster.addUser();
      const metadata = { name: "half", namespace };
      const rules = [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list"] }];
      const roleRef = { apiGroup: RBAC, kind: "Role", name: "half" };
      await cluster.create(
        { apiVersion: `${RBAC}/v1`, kind: "Role", metadata, rules },
        { apiVersion: `${RBAC}/v1`, kind: "RoleBinding", metadata, roleRef, subjects: [{ kind: "User", name }] },
      );
      await using informd = start(`configmap/${namespace}/handlers`, kubeconfigPath, "-n", namespace);
      const refusal = /cannot watch resource "configmaps" in API group "" in the namespace "half-rights"/;
      await informd.until("the missing verb", () =>
        informd
          .where({ msg: "informer failed", resource: "configmaps" })
          .some(({ level, reason }) => level === "warn" && refusal.test(String(reason))),
      );
      assert.equal(await informd.stop(), 0);
    },
  );
});
