import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createOpenCaches } from "#assembly/caches/open-caches.ts";
import { Reachability } from "#assembly/reachability.ts";
import type { HandlerOptions } from "#handler-api/options.ts";
import { SharedInformerFactory } from "#informer/shared-informer-factory.ts";
import { systemClock } from "#kernel/clock.ts";
import { type Cluster, createCluster } from "#kubernetes/cluster.ts";
import { loadClusterConfig } from "#kubernetes/load-cluster-config.ts";
import type { HandlerCaches } from "#supervisor/ports.ts";
import { RecordingLogger } from "../support/recording-logger.ts";
import { revision } from "../support/revisions.ts";
import { configMap } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";
import { quietBroker } from "../support/quiet-broker.ts";

const EVENT = { id: "uid/1/added", namespace: "default", name: "web" };
const OPTIONS = {
  listers: { maps: { resource: "configmaps" }, labelled: { resource: "configmaps", labelSelector: "app=web" } },
  allow: { kube: ["create,patch,delete configmaps", "create,get,patch pods", "patch pods/status"] },
} as const satisfies HandlerOptions;

interface Listed {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly managedFields?: readonly { readonly manager: string; readonly operation: string }[];
    readonly deletionTimestamp?: string;
  };
  readonly data?: Readonly<Record<string, string>>;
}

onEachServer("a handler that writes", ({ open }) => {
  const stop = new AbortController();
  let cluster: TestCluster;
  let kube: Cluster;
  let factory: SharedInformerFactory;
  let caches: HandlerCaches;

  before(async () => {
    cluster = await open();
    kube = createCluster({ config: loadClusterConfig({ kubeconfig: cluster.kubeconfigPath, environment: {} }) });
    const { server, catalog, objects } = kube;
    const listWatch = kube.listWatch.bind(kube);
    const signal = stop.signal;
    factory = new SharedInformerFactory({ clock: systemClock, random: Math.random, listWatch });
    factory.start(signal);
    const openCaches = createOpenCaches({
      clock: systemClock,
      catalog,
      server,
      reachability: new Reachability(new RecordingLogger(), server),
      factory,
      listWatch,
      namespace: undefined,
      broker: { objects, catalog, clock: systemClock, ...quietBroker(), signal },
    });
    caches = await openCaches(
      { handler: "billing/pod-added", options: revision({ options: OPTIONS }).options },
      assert.fail,
      signal,
    );
  });

  after(async () => {
    caches?.release();
    stop.abort();
    await factory?.shutdown();
    await kube?.close();
  });

  async function call(method: string, ...args: readonly unknown[]): Promise<Listed> {
    return JSON.parse(await caches.capabilities.call(`kube.${method}`, args, EVENT, stop.signal)) as Listed;
  }

  function read(method: string, ...args: readonly unknown[]): unknown {
    return JSON.parse(String(caches.capabilities.read(method, args, EVENT)));
  }

  const get = (name: string): Listed | null => read("listers.maps.get", name) as Listed | null;

  test("finds what it has just created, applied, patched and deleted in its caches", async () => {
    for (let round = 0; round < 20; round++) {
      const name = `map-${round}`;
      await call("create", configMap(name, { data: { round: "created" } }));
      assert.equal(get(name)?.data?.["round"], "created");
      await call("apply", configMap(name, { data: { round: "applied" } }));
      assert.equal(get(name)?.data?.["round"], "applied");
      await call("patch", "configmaps", { name }, { data: { round: "patched" } });
      assert.equal(get(name)?.data?.["round"], "patched");
      await call("delete", "configmaps", { name });
      assert.equal(get(name), null);
    }
  });

  test("finds an object whose name the server has made", async () => {
    const { metadata } = await call("create", { ...configMap("a"), metadata: { generateName: "made-" } });
    assert.equal(get(metadata.name)?.metadata.name, metadata.name);
  });

  test("does not wait for what a lister's selector leaves out", async () => {
    await call("create", configMap("unlabelled"));
    assert.equal(read("listers.labelled.get", "unlabelled"), null);
    await call("patch", "configmaps", { name: "unlabelled" }, { metadata: { labels: { app: "web" } } });
    assert.notEqual(read("listers.labelled.get", "unlabelled"), null);
  });

  test("finds an object that its finalizers hold as one that is going", async () => {
    const map = configMap("held");
    await call("create", { ...map, metadata: { ...map.metadata, finalizers: ["example.com/hold"] } });
    await call("delete", "configmaps", { name: "held" });
    assert.notEqual(get("held")?.metadata.deletionTimestamp, undefined);
    await call("patch", "configmaps", { name: "held" }, { metadata: { finalizers: null } });
  });

  test("owns its fields in its own name, whatever it writes them with", async () => {
    const managers = ({ metadata }: Listed): string[] =>
      (metadata.managedFields ?? []).map(({ manager, operation }) => `${operation} by ${manager}`);
    const mine = "informd:billing/pod-added";
    assert.deepEqual(managers(await call("create", configMap("owned", { data: { a: "1" } }))), [`Update by ${mine}`]);
    const applied = await call("apply", configMap("applied", { data: { a: "1" } }));
    assert.deepEqual(managers(applied), [`Apply by ${mine}`]);
    await cluster.apply(configMap("applied", { data: { b: "1" } }));
    const patched = await call("patch", "configmaps", { name: "applied" }, { data: { c: "1" } });
    assert.deepEqual(managers(patched).toSorted(), [`Apply by ${mine}`, "Apply by test", `Update by ${mine}`]);
  });

  test("takes over a field that another manager has applied", async () => {
    await cluster.apply(configMap("shared", { data: { a: "theirs" } }));
    const { data } = await call("apply", configMap("shared", { data: { a: "mine" } }));
    assert.deepEqual(data, { a: "mine" });
  });
});
