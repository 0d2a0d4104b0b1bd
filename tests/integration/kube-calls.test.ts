import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";

import { createCapabilities } from "#broker/capabilities.ts";
import type { Capabilities } from "#broker/ports.ts";
import { resolveOptions } from "#handler-api/resolve-options.ts";
import { systemClock } from "#kernel/clock.ts";
import { createCluster, type Cluster } from "#kubernetes/cluster.ts";
import { loadClusterConfig } from "#kubernetes/load-cluster-config.ts";
import { cacheOf } from "../support/brokered-handler.ts";
import { type KubeApiServer, skipWithoutApiServer, startKubeApiServer } from "../support/kube-api-server.ts";

const EVENT = { id: "uid/1/added", namespace: "default", name: "web" };
const RULES = [
  "get,list,create,patch,delete po",
  "patch deploy/scale",
  "create ev",
  "get,create,patch deployments.apps",
];

interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string; readonly labels?: Record<string, string> };
  readonly spec?: Record<string, unknown>;
}

function pod(name: string, labels = {}): object {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, labels },
    spec: { containers: [{ name: "c", image: "i" }] },
  };
}

suite("kube of a handler on a real API server", { skip: skipWithoutApiServer }, () => {
  const stopped = new AbortController();
  let server: KubeApiServer;
  let cluster: Cluster;
  let capabilities: Capabilities;

  before(async () => {
    server = await startKubeApiServer();
    const config = loadClusterConfig({ kubeconfig: server.kubeconfigPath, environment: {} });
    cluster = createCluster({ config });
    const resolution = resolveOptions("pods", { allow: { kube: RULES } });
    assert.ok(resolution.type === "ok");
    const deps = { ...cluster, clock: systemClock, logSink: () => {}, signal: stopped.signal };
    capabilities = createCapabilities(deps, { id: "h", options: resolution.options, cache: cacheOf([]), listers: {} });
  });

  after(async () => {
    stopped.abort();
    await cluster?.close();
    await server?.stop();
  });

  async function call<T = ApiObject>(method: string, ...args: readonly unknown[]): Promise<T> {
    return JSON.parse(await capabilities.call(`kube.${method}`, args, EVENT, stopped.signal)) as T;
  }

  test("creates, gets, lists, patches and deletes objects", async () => {
    await call("create", pod("a", { app: "a" }));
    await call("create", pod("b", { app: "b" }));
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

  test("writes an Event that kubectl shows", async () => {
    const subject = await call("get", "deployments.apps", { name: "web" });
    await call("event", subject, { type: "Warning", reason: "TooMany", message: "three are enough" });
    const shown = await server.kubectl("events", "--for=deployment/web", "--no-headers");
    assert.match(shown, /Warning +TooMany +Deployment\/web +three are enough/);
  });

  test("rejects with the API server's reason", async () => {
    await assert.rejects(call("get", "pods", { name: "none" }), { code: "NotFound" });
    await assert.rejects(call("create", pod("a")), { code: "AlreadyExists" });
    await assert.rejects(call("create", { ...pod("c"), spec: {} }), { code: "Invalid" });
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
