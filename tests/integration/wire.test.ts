import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createCluster, type Cluster } from "#kubernetes/cluster.ts";
import type { ListPage, ListQuery } from "#kubernetes/list-watch.ts";
import { loadClusterConfig } from "#kubernetes/load-cluster-config.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { skipWithoutApiServer, startKubeApiServer, type KubeApiServer } from "../support/kube-api-server.ts";
import { RecordingSink } from "../support/recorded-wire.ts";

describe("the wire to a real API server", { skip: skipWithoutApiServer }, () => {
  let server: KubeApiServer;
  let cluster: Cluster;
  let configMaps: ApiResource;
  const stopped = new AbortController();
  const { signal } = stopped;

  before(async () => {
    server = await startKubeApiServer();
    cluster = connect();
    configMaps = await resource("configmaps");
  });
  after(async () => {
    stopped.abort();
    await cluster.close();
    await server.stop();
  });

  const connect = (kubeconfig = server.kubeconfigPath): Cluster =>
    createCluster({ config: loadClusterConfig({ kubeconfig, environment: {} }), environment: process.env });

  const resource = async (name: string): Promise<ApiResource> => {
    const resolution = await cluster.catalog.resolve(name, signal);
    assert.equal(resolution.type, "found");
    return resolution.resource;
  };

  const listPage = async (namespace: string, query: ListQuery, names: string[]): Promise<ListPage> => {
    const scope = { resource: configMaps, namespace };
    const page = await cluster.listWatch(scope).list(query, (object) => names.push(object.name), signal);
    assert.equal(page.type, "page");
    return page;
  };

  const createNamespace = async (name: string): Promise<string> => {
    await server.kubectl("create", "namespace", name);
    return name;
  };

  const createConfigMaps = async (namespace: string, names: readonly string[]): Promise<void> => {
    const target = { resource: configMaps, namespace };
    const objects = names.map((name) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name } }));
    await Promise.all(objects.map((object) => cluster.objects.create(target, object, signal)));
  };

  test("lists 1,200 objects in pages of 500", async () => {
    const namespace = await createNamespace("pages");
    const all = Array.from({ length: 1200 }, (_, i) => `item-${String(i).padStart(4, "0")}`);
    for (let i = 0; i < all.length; i += 50) await createConfigMaps(namespace, all.slice(i, i + 50));
    const names: string[] = [];
    const sizes: number[] = [];
    let next: string | undefined;
    do {
      const before = names.length;
      const page = await listPage(namespace, { limit: 500, continue: next }, names);
      sizes.push(names.length - before);
      next = page.continue;
    } while (next !== undefined);
    assert.deepEqual(sizes, [500, 500, 200]);
    assert.deepEqual(names, all);
  });

  test("watches what happens after a list, with whole objects", async () => {
    const namespace = await createNamespace("watched");
    const { resourceVersion } = await listPage(namespace, {}, []);
    const sink = new RecordingSink();
    const done = new AbortController();
    const scope = { resource: configMaps, namespace };
    const watch = cluster.listWatch(scope).watch({ resourceVersion, timeoutSeconds: 60 }, sink, done.signal);
    await server.kubectl("create", "configmap", "one", "--from-literal=text=ä\u2028€", "-n", namespace);
    await server.kubectl("label", "configmap", "one", "a=b", "-n", namespace);
    await server.kubectl("delete", "configmap", "one", "-n", namespace);
    await sink.until((lines) => lines.length === 3);
    assert.deepEqual(sink.lines, ["ADDED one", "MODIFIED one", "DELETED one"]);
    assert.deepEqual(sink.objects[0]?.["data"], { text: "ä\u2028€" });
    done.abort(new Error("enough"));
    await assert.rejects(watch, /enough/);
  });
});
