import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import { InformdProcess } from "../support/informd-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import type { Named } from "../support/test-cluster/cluster-verbs.ts";
import { configMap } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

const LABELS = { "informd.io/handlers": "true" };
const BROKEN = "export default {\n";

function handlerOf(prefix: string, text: string): string {
  return `import { on } from "informd";
export default on("configmaps", { names: ["${prefix}*"] }, ({ object }, { log }) => log.info("${text}", { name: object.metadata.name }));\n`;
}

/** Writes its own source, with more rights, by all that its `allow` has; and something else then. */
function selfServing(map: string): string {
  return `import { on } from "informd";
const code = 'import { on } from "informd"; export default on("configmaps", { allow: { kube: ["list secrets"] } }, () => {});';
export default on("configmaps", { names: ["go"], allow: { kube: ["create,patch,delete configmaps"] } }, async ({ object }, { kube, log }) => {
  const target = { name: "${map}" };
  const stolen = { apiVersion: "v1", kind: "ConfigMap", metadata: { ...target, labels: ${JSON.stringify(LABELS)} }, data: { "stolen.ts": code } };
  const tries = {
    create: () => kube.create(stolen),
    apply: () => kube.apply(stolen),
    merge: () => kube.patch("configmaps", target, { data: stolen.data }),
    json: () => kube.patch("cm", target, [{ op: "add", path: "/data/stolen.ts", value: code }], { type: "json" }),
    delete: () => kube.delete("configmaps", target),
  };
  for (const [way, attempt] of Object.entries(tries)) {
    const error = await attempt().then(() => ({ code: "DONE", message: "" }), (error) => error);
    log.info("tried", { way, code: error.code, message: error.message });
  }
  const note = { ...stolen, metadata: { name: "note" }, data: {} };
  const noted = await kube.apply(note).then(() => "written", (error) => error.code);
  log.info("noted", { noted });
});
`;
}

onEachServer("handlers of ConfigMaps that are watched through the API", (server) => {
  let cluster: TestCluster;
  before(async () => void (cluster = await server.open()));

  function start(handlers: string, ...flags: string[]): InformdProcess {
    const state = join(temporaryFolder(), "state");
    const places = ["--handlers", handlers, "--state", state, "--listen", "none"];
    return new InformdProcess(["start", "--kubeconfig", cluster.kubeconfigPath, ...places, ...flags]);
  }

  function mapIn(namespace: string, name: string, data: Readonly<Record<string, string>>): Named {
    return configMap(name, { namespace, data, labels: LABELS });
  }

  test("are live as soon as the map says so, and only what changed is swapped", async () => {
    const namespace = await cluster.createNamespace("one-map");
    const data = { "one.ts": handlerOf("told-", "one of one"), "two.ts": handlerOf("told-", "two of one") };
    await cluster.create(mapIn(namespace, "handlers", data));
    await using informd = start(`configmap/${namespace}/handlers`, "-n", namespace);
    await informd.log({ msg: "ready", live: 2 });
    await cluster.apply(mapIn(namespace, "handlers", { ...data, "one.ts": handlerOf("told-", "one of two") }));
    await informd.until("the swap", () => informd.where({ msg: "handler live", handler: "one" }).length === 2);
    await cluster.create(configMap("told-a", { namespace }));
    await informd.log({ msg: "one of two" });
    await informd.log({ msg: "two of one" });
    assert.equal(informd.where({ msg: "handler live" }).length, 3);
    assert.equal(await informd.stop(), 0);
  });

  test("hold back only the broken one, go with their map, and come with the next", async () => {
    const namespace = await cluster.createNamespace("broken-map");
    await using informd = start(`configmap/${namespace}/handlers`, "-n", namespace);
    await informd.log({ msg: "handlers awaited", handlers: `configmap/${namespace}/handlers` });
    const map = mapIn(namespace, "handlers", { "one.ts": handlerOf("x-", "one"), "two.ts": BROKEN });
    await cluster.create(map);
    await informd.log({ msg: "handler live", handler: "one" });
    await informd.log({ msg: "build failed", file: "two.ts", line: 2, serving: false });
    await cluster.delete(map);
    await informd.log({ msg: "handler removed", handler: "one" });
    const awaited = { level: "warn", msg: "handlers awaited" };
    await informd.until("the warning", () => informd.where(awaited).length === 2);
    await cluster.create(mapIn(namespace, "handlers", { "two.ts": handlerOf("x-", "two") }));
    await informd.log({ msg: "handler live", handler: "two" });
    assert.equal(await informd.stop(), 0);
  });

  test("of every labelled map of the own namespace: each map is a folder", async () => {
    const namespace = await cluster.createNamespace("labelled-maps");
    const source = handlerOf("x-", "same key");
    await cluster.create(
      mapIn(namespace, "billing", { "one.ts": source }),
      mapIn(namespace, "shop", { "one.ts": source }),
      configMap("unlabelled", { namespace, data: { "one.ts": source } }),
    );
    await using informd = start("configmaps", "-n", namespace);
    await informd.log({ msg: "ready", live: 2 });
    const live = informd.where({ msg: "handler live" }).map(({ handler }) => String(handler));
    assert.deepEqual(live.sort(), ["billing/one", "shop/one"]);
    assert.equal(await informd.stop(), 0);
  });

  for (const [title, place, map, own, noted] of [
    [
      "of one map cannot write that map and so give themselves rights",
      "configmap/own-map/handlers",
      "handlers",
      "own-map",
      "written",
    ],
    ["of labelled maps cannot write the one that they come from", "configmaps", "handlers", "own-maps", "NOT_ALLOWED"],
    ["of labelled maps cannot make another one", "configmaps", "new", "new-map", "NOT_ALLOWED"],
  ] as const) {
    test(title, async () => {
      const namespace = await cluster.createNamespace(own);
      await cluster.create(mapIn(namespace, "handlers", { "one.ts": selfServing(map) }));
      const source = await cluster.get(configMap("handlers", { namespace }));
      await using informd = start(place, "-n", namespace);
      await informd.log({ msg: "ready", live: 1 });
      await cluster.create(configMap("go", { namespace }));
      const { data } = await informd.log({ msg: "noted" });
      assert.deepEqual(data, { noted });
      const tried = informd.where({ msg: "tried" }).map((line) => line.data ?? {});
      assert.deepEqual(
        tried.map(({ way, code }) => [way, code]),
        ["create", "apply", "merge", "json", "delete"].map((way) => [way, "NOT_ALLOWED"]),
      );
      for (const { message } of tried)
        assert.match(String(message), /the handlers of this runtime, which no handler may write/);
      const refused = informd.where({ msg: "kube call refused", audit: true, namespace, resource: "configmaps" });
      assert.equal(refused.filter(({ name }) => name === map).length, 5);
      assert.equal(informd.where({ msg: "handler live" }).length, 1);
      assert.deepEqual(await cluster.get(configMap("handlers", { namespace })), source);
      assert.equal(await cluster.get(configMap("new", { namespace })), undefined);
      assert.equal(await informd.stop(), 0);
    });
  }

  test("are refused from another namespace than the runtime's own", async () => {
    await using informd = start("configmap/default/handlers", "-n", "kube-system");
    assert.equal(await informd.exited, 1);
    assert.match(
      informd.stderr,
      /^Cannot take handlers from ConfigMap "handlers" in namespace "default": the runtime belongs to namespace "kube-system", /,
    );
  });

  test(
    "wait for the right to read them, which the log and /readyz name",
    { skip: server.onlyReal("the embedded one knows no rights") },
    async () => {
      const { kubeconfigPath } = cluster.addUser();
      const state = join(temporaryFolder(), "state");
      const args = ["--handlers", "configmap/default/handlers", "--state", state, "--listen", "127.0.0.1:0"];
      await using informd = new InformdProcess(["start", "--kubeconfig", kubeconfigPath, ...args]);
      const { reason } = await informd.log({ level: "warn", msg: "handlers not read" });
      assert.match(
        String(reason),
        /cannot (list|watch) resource "configmaps" in API group "" in the namespace "default".* Bind a role/,
      );
      const { address } = await informd.log({ msg: "listening" });
      const answer = await fetch(`http://${String(address)}/readyz`);
      assert.equal(answer.status, 503);
      assert.match(await answer.text(), /"the handlers are waited for: Cannot (list|watch) configmaps in default/);
      assert.equal(await informd.stop(), 0);
    },
  );
});
