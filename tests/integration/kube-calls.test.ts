import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { createCapabilities } from "#broker/capabilities.ts";
import type { Capabilities } from "#broker/ports.ts";
import { resolveOptions } from "#handler-api/resolve-options.ts";
import { isApiError } from "#handler-api/errors.ts";
import { systemClock } from "#kernel/clock.ts";
import { createCluster, type Cluster } from "#kubernetes/cluster.ts";
import { loadClusterConfig } from "#kubernetes/load-cluster-config.ts";
import { cacheOf } from "../support/brokered-handler.ts";
import type { Named } from "../support/test-cluster/cluster-verbs.ts";
import { pod } from "../support/test-cluster/objects.ts";
import { kubeOfHandler } from "../support/kube-of-handler.ts";
import { quietBroker } from "../support/quiet-broker.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

const EVENT = { id: "uid/1/added", namespace: "default", name: "web" };
const RULES = [
  "get,list,create,patch,delete po",
  "patch deploy/scale",
  "create ev",
  "create pods/eviction",
  "patch pods/scale",
  "get,create,patch widgets.example.com",
  "patch widgets.example.com/scale",
  "patch widgets.example.com/status",
  "get,create,patch deployments.apps",
];

interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly labels?: Record<string, string>;
  };
  readonly spec?: Record<string, unknown>;
  readonly status?: Record<string, unknown>;
}

/** With a status and a scale of their own. */
const WIDGETS: Named = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "widgets.example.com" },
  spec: {
    group: "example.com",
    scope: "Namespaced",
    names: { plural: "widgets", singular: "widget", kind: "Widget" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
        subresources: {
          status: {},
          scale: { specReplicasPath: ".spec.replicas", statusReplicasPath: ".status.replicas" },
        },
      },
    ],
  },
};

interface EventList {
  readonly items: readonly Readonly<Record<"type" | "reason" | "message", string>>[];
}

onEachServer("kube of a handler", ({ open }) => {
  const stopped = new AbortController();
  let cluster: TestCluster;
  let kube: Cluster;
  let capabilities: Capabilities;

  before(async () => {
    cluster = await open();
    const config = loadClusterConfig({ kubeconfig: cluster.kubeconfigPath, environment: {} });
    kube = createCluster({ config });
    const resolution = resolveOptions("pods", { allow: { kube: RULES } });
    assert.ok(resolution.type === "ok");
    const deps = {
      ...kube,
      clock: systemClock,
      ...quietBroker(),
      signal: stopped.signal,
    };
    capabilities = createCapabilities(deps, { id: "h", options: resolution.options, cache: cacheOf([]), listers: {} });
  });

  after(async () => {
    stopped.abort();
    await kube?.close();
  });

  async function call<T = ApiObject>(method: string, ...args: readonly unknown[]): Promise<T> {
    return JSON.parse(await capabilities.call(`kube.${method}`, args, EVENT, stopped.signal)) as T;
  }

  test("creates, gets, lists, patches and deletes objects", async () => {
    await call("create", pod("a", { labels: { app: "a" } }));
    await call("create", pod("b", { labels: { app: "b" } }));
    assert.equal((await call("get", "pods", { name: "a" })).metadata.namespace, "default");
    const listed = await call<readonly ApiObject[]>("list", "po", { labelSelector: "app=b" });
    assert.deepEqual(
      listed.map(({ apiVersion, kind, metadata }) => [apiVersion, kind, metadata.name]),
      [["v1", "Pod", "b"]],
    );
    const patched = await call("patch", "Pod", { name: "a" }, { metadata: { labels: { owner: "me" } } });
    assert.deepEqual(patched.metadata.labels, { app: "a", owner: "me" });
    const operation = { op: "remove", path: "/metadata/labels/owner" };
    const repatched = await call("patch", "pods", { name: "a" }, [operation], { type: "json" });
    assert.deepEqual(repatched.metadata.labels, { app: "a" });
    assert.equal(await call("delete", "pods", { name: "b" }), null);
  });

  test("applies and scales", async () => {
    const labels = { app: "web" };
    const template = { metadata: { labels }, spec: { containers: [{ name: "c", image: "i" }] } };
    const spec = { replicas: 1, selector: { matchLabels: labels }, template };
    await call("apply", { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" }, spec });
    await call("scale", "deploy", { name: "web" }, 3);
    assert.equal((await call("get", "deployments.v1.apps", { name: "web" })).spec?.["replicas"], 3);
  });

  test("writes an Event that is found by its object", async () => {
    const subject = await call("get", "deployments.apps", { name: "web" });
    await call("event", subject, { type: "Warning", reason: "TooMany", message: "three are enough" });
    const selector = encodeURIComponent(
      `involvedObject.kind=Deployment,involvedObject.name=web,involvedObject.uid=${subject.metadata.uid}`,
    );
    const { items } = await cluster.read<EventList>(`/api/v1/namespaces/default/events?fieldSelector=${selector}`);
    assert.deepEqual(
      items.map(({ type, reason, message }) => [type, reason, message]),
      [["Warning", "TooMany", "three are enough"]],
    );
  });

  test("writes an Event about an object whose name is no name of an Event", async () => {
    const subject = {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name: "system:node" },
    };
    await call("event", subject, { type: "Normal", reason: "Seen", message: "seen" });
    const selector = encodeURIComponent("involvedObject.name=system:node");
    const { items } = await cluster.read<EventList>(`/api/v1/namespaces/default/events?fieldSelector=${selector}`);
    assert.deepEqual(
      items.map(({ reason }) => reason),
      ["Seen"],
    );
  });

  test("scales a custom resource and writes its status, and nothing else with that", async () => {
    await cluster.apply(WIDGETS);
    await cluster.untilServed("example.com/v1", "Widget");
    // What the cluster serves is remembered for a while.
    await using fresh = kubeOfHandler(cluster.kubeconfigPath, { allow: { kube: RULES } });
    const target = { name: "w" };
    await fresh.call("create", {
      apiVersion: "example.com/v1",
      kind: "Widget",
      metadata: target,
      spec: { replicas: 1 },
    });
    await fresh.call("scale", "widgets.example.com", target, 4);
    await fresh.call("patchStatus", "widgets.example.com", target, { spec: { replicas: 9 }, status: { replicas: 2 } });
    const widget = await fresh.call<ApiObject>("get", "Widget.v1.example.com", target);
    assert.deepEqual([widget.spec, widget.status], [{ replicas: 4 }, { replicas: 2 }]);
    await assert.rejects(fresh.call("patch", "widgets.example.com", target, {}, { type: "strategic" }), {
      name: "ApiError",
      code: 415,
      reason: "UnsupportedMediaType",
    });
    await assert.rejects(fresh.call("scale", "pods", { name: "a" }, 2), { code: 404, reason: "NotFound" });
  });

  test("asks the server to keep nothing in a dry run, evictions included", async () => {
    await using dry = kubeOfHandler(cluster.kubeconfigPath, { allow: { kube: RULES } }, { dryRun: true });
    await cluster.create(pod("dry"));
    const before = await cluster.get(pod("dry"));
    await dry.call("evict", "pods", { name: "dry" });
    await dry.call("patch", "pods", { name: "dry" }, { metadata: { labels: { a: "b" } } });
    await dry.call("delete", "pods", { name: "dry" });
    await dry.call("create", pod("never"));
    assert.deepEqual(await cluster.get(pod("dry")), before);
    assert.equal(await cluster.get(pod("never")), undefined);
  });

  test("evicts a pod, but not one that a PodDisruptionBudget keeps", async () => {
    await call("create", pod("free"));
    assert.equal(await call("evict", "pods", { name: "free" }), null);
    const kept = pod("kept", { labels: { app: "kept" } });
    await cluster.create(kept);
    await cluster.patchStatus(kept, { phase: "Running" });
    await cluster.create({
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { name: "kept", namespace: "default" },
      spec: { minAvailable: 1, selector: { matchLabels: { app: "kept" } } },
    });
    const error = await call("evict", "pods", { name: "kept" }).catch((error: unknown) => error);
    assert.ok(isApiError(error), String(error));
    assert.deepEqual([error.code, error.reason], [429, "TooManyRequests"]);
    assert.equal(error.details?.causes?.[0]?.reason, "DisruptionBudget");
  });

  test("rejects with the API server's reason", async () => {
    await assert.rejects(call("get", "pods", { name: "none" }), {
      name: "ApiError",
      code: 404,
      reason: "NotFound",
      details: { name: "none", kind: "pods" },
    });
    await assert.rejects(call("create", pod("a")), { code: 409, reason: "AlreadyExists" });
    await assert.rejects(call("create", { ...pod("c"), spec: {} }), (error: unknown) => {
      assert.ok(isApiError(error));
      const { code, reason, details } = error;
      assert.deepEqual([code, reason, details?.name, details?.kind], [422, "Invalid", "c", "Pod"]);
      const cause = { reason: "FieldValueRequired", message: "Required value", field: "spec.containers" };
      assert.deepEqual(details?.causes, [cause]);
      return true;
    });
  });

  test("rejects a kind that the cluster does not have", async () => {
    const widget = { apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "w" } };
    await assert.rejects(call("create", widget), {
      code: "BAD_CALL",
      message: /^Cannot use resource "Widget.v1.example.com": the cluster has none of that name/,
    });
  });

  test("refuses what allow.kube does not name, and prints the entry", async () => {
    await assert.rejects(call("list", "secrets"), { code: "NOT_ALLOWED", message: /Add "list secrets" to allow.kube/ });
  });
});
