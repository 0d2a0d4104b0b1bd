import assert from "node:assert/strict";
import { before, test } from "node:test";
import { handlersOfEachTest } from "../support/handlers-of-each-test.ts";
import type { InformdProcess } from "../support/informd-process.ts";
import type { User } from "../support/kube-api-server.ts";
import { configMap, customResource } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

const LOGS_NAME = `(event, { log }) => log.info("seen", { name: event.key.name })`;

function on(resource: string, options = "{}"): string {
  return `import { on } from "informd";\nexport default on("${resource}", ${options}, ${LOGS_NAME});`;
}

const RBAC = "rbac.authorization.k8s.io/v1";

onEachServer("a handler whose caches cannot sync", ({ open, onlyReal }) => {
  let cluster: TestCluster;
  let informd: InformdProcess;
  const { handlers, run } = handlersOfEachTest();

  before(async () => {
    cluster = await open();
  });

  const start = (kubeconfig: string, files: Readonly<Record<string, string>>, ...flags: readonly string[]): void => {
    informd = run(kubeconfig, files, ...flags);
  };

  const grant = async ({ name }: User, resource: string): Promise<void> => {
    const metadata = { name: `${name}-${resource}` };
    const rules = [{ apiGroups: [""], resources: [resource], verbs: ["list", "watch"] }];
    const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: metadata.name };
    await cluster.create(
      { apiVersion: RBAC, kind: "ClusterRole", metadata, rules },
      { apiVersion: RBAC, kind: "ClusterRoleBinding", metadata, roleRef, subjects: [{ kind: "User", name }] },
    );
  };

  const needsRoles = onlyReal("the embedded server has no roles");
  test(
    "is degraded and named when a right is missing, holds nobody back, and runs when the right is granted",
    { skip: needsRoles },
    async () => {
      const user = cluster.addUser();
      await cluster.apply(configMap("there-before"));
      await grant(user, "configmaps");
      start(user.kubeconfigPath, { "maps.ts": on("configmaps"), "endpoints.ts": on("services") });
      const { reason } = await informd.log({ msg: "handler degraded", handler: "endpoints" });
      assert.match(String(reason), /services.*forbidden.*Bind a role/);
      const { live, degraded } = await informd.log({ msg: "ready" });
      assert.deepEqual({ live, degraded }, { live: 1, degraded: 1 });
      await informd.until("the other handler", () => informd.told("maps").length > 0);
      await grant(user, "services");
      await informd.log({ msg: "handler live", handler: "endpoints" });
      const { data } = await informd.until("the service", () => informd.told("endpoints")[0]);
      assert.deepEqual(data, { name: "kubernetes" });
    },
  );

  test("is degraded when its kind does not exist, names the nearest kinds, and runs when a CRD brings it", async () => {
    start(cluster.kubeconfigPath, { "gadgets.ts": on("gadgets.example.com"), "typo.ts": on("configmapz") });
    const gadgets = await informd.log({ msg: "handler degraded", handler: "gadgets" });
    assert.match(String(gadgets["reason"]), /^Cannot watch "gadgets\.example\.com": the cluster has no such kind\./);
    const typo = await informd.log({ msg: "handler degraded", handler: "typo" });
    assert.match(String(typo["reason"]), /Nearest: "configmaps"/);
    await informd.log({ msg: "ready" });
    await cluster.apply(customResource("Gadget"));
    await informd.log({ msg: "handler live", handler: "gadgets" });
    await cluster.apply({
      apiVersion: "example.com/v1",
      kind: "Gadget",
      metadata: { name: "first", namespace: "default" },
    });
    const { data } = await informd.until("the gadget", () => informd.told("gadgets")[0]);
    assert.deepEqual(data, { name: "first" });
  });

  test("is degraded when the credentials are refused", async () => {
    start(cluster.createKubeconfig("nobody", { token: "wrong" }), { "maps.ts": on("configmaps") });
    const { reason } = await informd.log({ msg: "handler degraded", handler: "maps" });
    assert.match(String(reason), /does not accept the credentials \(401\)/);
  });

  test("is degraded when it names namespaces for a kind that has none", async () => {
    start(cluster.kubeconfigPath, { "nodes.ts": on("nodes", '{ namespaces: ["default"] }') });
    const { reason } = await informd.log({ msg: "handler degraded", handler: "nodes" });
    assert.match(
      String(reason),
      /^Cannot watch "nodes" in namespaces: it is cluster-scoped\. Remove the option "namespaces"/,
    );
  });

  test("sees only the runtime's namespace when there is one", async () => {
    await cluster.createNamespace("other");
    start(cluster.kubeconfigPath, { "maps.ts": on("configmaps"), "namespaces.ts": on("namespaces") }, "-n", "other");
    await informd.log({ msg: "ready" });
    await cluster.apply(configMap("elsewhere"), configMap("here", { namespace: "other" }));
    const names = () => informd.told("maps").map(({ data }) => data?.["name"]);
    await informd.until("the map", () => names().includes("here"));
    assert.ok(!names().includes("elsewhere"));
    await informd.until("namespaces: cluster-scoped kinds ignore -n", () => informd.told("namespaces").length > 1);
  });

  test("with a field selector sees only what the server selects", async () => {
    const options = '{ fieldSelector: "metadata.name!=ignored", events: ["added", "deleted", "unselected"] }';
    start(cluster.kubeconfigPath, { "maps.ts": on("configmaps", options.replace("{", '{ namespaces: ["default"], ')) });
    await informd.log({ msg: "ready" });
    await cluster.apply(configMap("ignored"), configMap("taken"));
    await informd.until("the map", () => informd.told("maps").some(({ data }) => data?.["name"] === "taken"));
    assert.ok(informd.told("maps").every(({ data }) => data?.["name"] !== "ignored"));
  });

  test("with pushDown tells an object that leaves the selector as unselected, and one that is deleted as deleted", async () => {
    handlers.write(
      "pushed.ts",
      `import { on } from "informd";
       export default on("configmaps", { namespaces: ["default"], labelSelector: "tier=web", pushDown: true,
         events: ["added", "updated", "deleted", "unselected"] },
         (event, { log }) => log.info(event.type, { name: event.key.name }));`,
    );
    start(cluster.kubeconfigPath, {});
    await informd.log({ msg: "ready" });
    const labelled = (name: string) => configMap(name, { labels: { tier: "web" } });
    await cluster.apply(labelled("leaves"), labelled("goes"));
    await informd.until("both", () => informd.told("pushed").length === 2);
    await cluster.label(configMap("leaves"), { tier: null });
    await informd.until("the leaver", () => informd.told("pushed").length === 3);
    await cluster.delete(configMap("goes"));
    await informd.until("the deleted", () => informd.told("pushed").length === 4);
    assert.deepEqual(
      informd
        .told("pushed")
        .slice(2)
        .map(({ msg, data }) => `${msg} ${String(data?.["name"])}`),
      ["unselected leaves", "deleted goes"],
    );
  });
});
