import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, before, test } from "node:test";
import { GeneratedManifests, LOGS, NO_ROLES, one, withoutKubectl } from "../support/generated-manifests.ts";
import { fieldOf } from "#kernel/json-value.ts";
import type { Named } from "../support/test-cluster/cluster-verbs.ts";
import { deployment, pod } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

onEachServer("runtimes of generated manifests, with their rights alone", ({ open, onlyReal }) => {
  const skip = withoutKubectl || onlyReal(NO_ROLES);
  let cluster: TestCluster;
  let manifests: GeneratedManifests;

  before(async () => {
    cluster = await open();
    manifests = new GeneratedManifests(cluster);
  });

  afterEach(() => manifests.stop());

  const untilTold = async (namespace: string, reason: string): Promise<void> => {
    const told = async (): Promise<readonly string[]> =>
      (await cluster.read<EventList>(`/api/v1/namespaces/${namespace}/events`)).items.map((event) => event.reason);
    while (!(await told()).includes(reason)) await delay(100);
  };

  test("the default handlers run with the rights of their service account", { skip }, async () => {
    const runtime = await manifests.start(await manifests.apply(undefined));
    for (const handler of ["deployment-rollout", "job-deleted", "pod-added"])
      await runtime.log({ msg: "handler live", handler });
    await cluster.apply(pod("seen"));
    await runtime.until("the pod", () => runtime.told("pod-added").some(({ data }) => data?.["name"] === "seen"));
  });

  test(
    "handlers in namespaces run with Roles alone, on one object if they select one, and write what allow.kube names",
    { skip },
    async () => {
      for (const name of ["shop", "audit"]) await cluster.createNamespace(name);
      const objects = await manifests.apply({ "mark.ts": MARKS, "tls.ts": ONE_SECRET }, "-n", "narrow");
      assert.deepEqual(
        objects.filter(({ kind }) => kind.startsWith("Cluster")),
        [],
      );
      const runtime = await manifests.start(objects);
      await runtime.log({ msg: "ready" });
      await cluster.create(pod("going", { namespace: "shop" }));
      await cluster.apply(deployment("web", { namespace: "shop" }));
      await runtime.until("the outcome", () => runtime.told("mark").find(({ msg }) => msg === "marked"));
      assert.ok(
        await cluster.get({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "web", namespace: "audit" } }),
      );
      const web = await cluster.get(deployment("web", { namespace: "shop" }));
      assert.equal(web?.metadata.labels?.["marked"], "yes");
      assert.deepEqual([fieldOf(web["spec"], "replicas"), fieldOf(web["status"], "replicas")], [3, 2]);
      assert.equal(await cluster.get(pod("going", { namespace: "shop" })), undefined);
      const secret = (name: string): Named => ({
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name, namespace: "shop" },
      });
      await cluster.apply(secret("other"), secret("tls"));
      const { data } = await runtime.until("the Secret", () => runtime.told("tls")[0]);
      assert.deepEqual(data, { name: "tls" });
    },
  );

  test("with --watch-namespace handlers that name none run with a Role there", { skip }, async () => {
    await cluster.createNamespace("watched");
    const objects = await manifests.apply({ "pod-added.ts": LOGS }, "-n", "elsewhere", "--watch-namespace", "watched");
    assert.deepEqual(
      objects.filter(({ kind }) => kind.startsWith("Cluster")),
      [],
    );
    const runtime = await manifests.start(objects);
    await runtime.log({ msg: "ready" });
    await cluster.apply(pod("here", { namespace: "watched" }), pod("there"));
    await runtime.until("the pod", () => runtime.told("pod-added").length > 0);
    assert.deepEqual(
      runtime.told("pod-added").map(({ data }) => data?.["name"]),
      ["here"],
    );
  });

  test("with --watch-namespace handlers of nodes tell of them in Events", { skip }, async () => {
    await cluster.createNamespace("near");
    const objects = await manifests.apply(
      { "nodes.ts": TELLS_OF_NODES },
      "-n",
      "of-nodes",
      "--watch-namespace",
      "near",
    );
    const runtime = await manifests.start(objects);
    await runtime.log({ msg: "ready" });
    await cluster.apply({ apiVersion: "v1", kind: "Node", metadata: { name: "worker-1" } });
    await runtime.until("the outcome", () => runtime.told("nodes").find(({ msg }) => msg === "told"));
    await untilTold("default", "Noted");
  });

  test(
    "with --load api the runtime watches the one ConfigMap of its handlers, may read no other, and tells of it in Events",
    { skip },
    async () => {
      const objects = await manifests.apply({ "pod-added.ts": LOGS }, "-n", "live", "--load", "api");
      assert.deepEqual(
        one(objects, "Deployment").spec.template.spec.containers[0]?.args[1],
        "--handlers=configmap/live/informd-handlers",
      );
      const asPod = "-n live --as system:serviceaccount:live:informd";
      await assert.rejects(manifests.kubectl(`get configmaps ${asPod}`), /cannot list resource "configmaps"/);
      await assert.rejects(manifests.kubectl(`get configmap other ${asPod}`), /cannot get resource "configmaps"/);
      const runtime = await manifests.start(objects);
      await runtime.log({ msg: "handler live", handler: "pod-added" });
      const map = one(objects, "ConfigMap");
      await cluster.patch(map, { data: { "service-added.ts": LOGS } });
      const { reason } = await runtime.log({ msg: "handler degraded", handler: "service-added" });
      assert.match(String(reason), /cannot list resource "services"/);
      await untilTold("live", "HandlersLoaded");
    },
  );

  test(
    "with --load configmaps the runtime finds every labelled ConfigMap of its namespace, its own among them",
    { skip },
    async () => {
      const objects = await manifests.apply({ "pod-added.ts": LOGS }, "-n", "many", "--load", "configmaps");
      await cluster.apply(handlersMap("more", { "informd.io/handlers": "true" }), handlersMap("unlabelled", {}));
      const runtime = await manifests.start(objects);
      await runtime.log({ msg: "handler live", handler: "more/pod-added" });
      await runtime.log({ msg: "ready" });
      await cluster.apply(pod("seen"));
      for (const handler of ["informd-handlers/pod-added", "more/pod-added"])
        await runtime.until("the pod", () => runtime.told(handler).some(({ data }) => data?.["name"] === "seen"));
      assert.deepEqual(runtime.told("unlabelled/pod-added"), []);
    },
  );
});

interface EventList {
  readonly items: readonly { readonly reason: string }[];
}

const ONE_SECRET = `
import { on } from "informd";
export default on("secrets", { namespaces: ["shop"], fieldSelector: "metadata.name=tls" }, (event, { log }) =>
  log.info("seen", { name: event.key.name }));
`;

const MARKS = `
import { on } from "informd";
export default on("deployments.apps", {
  events: ["added"], namespaces: ["shop"], listers: { claims: { resource: "persistentvolumeclaims" } },
  allow: { kube: [
    "patch deployments.apps", "create,patch configmaps in audit", "create events",
    "patch deployments.apps/scale", "patch deployments.apps/status", "create pods/eviction",
  ] },
}, async ({ object }, { kube, log }) => {
  const { name, namespace } = object.metadata;
  await kube.patch("deployments.apps", { name, namespace }, { metadata: { labels: { marked: "yes" } } });
  await kube.apply({ apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "audit" } });
  await kube.event(object, { type: "Normal", reason: "Marked", message: "It has its label." });
  await kube.scale("deployments.apps", { name, namespace }, 3);
  await kube.patchStatus("deployments.apps", { name, namespace }, { status: { replicas: 2 } });
  await kube.evict("pods", { name: "going", namespace });
  log.info("marked");
});
`;

function handlersMap(name: string, labels: Readonly<Record<string, string>>): Named {
  const metadata = { name, namespace: "many", labels };
  return { apiVersion: "v1", kind: "ConfigMap", metadata, data: { "pod-added.ts": LOGS } };
}

const TELLS_OF_NODES = `
import { on } from "informd";
export default on("nodes", { events: ["added"], allow: { kube: ["create events"] } }, async ({ object }, { kube, log }) => {
  await kube.event(object, { type: "Normal", reason: "Noted", message: "It is there." });
  log.info("told");
});
`;
