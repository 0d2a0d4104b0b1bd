import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import type { InformerEvent } from "#informer/informer-event.ts";
import { SharedInformerFactory } from "#informer/shared-informer-factory.ts";
import type { SharedInformer } from "#informer/shared-informer.ts";
import { createCluster, type Cluster } from "#kubernetes/cluster.ts";
import { loadClusterConfig } from "#kubernetes/load-cluster-config.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { describe } from "../support/informer-rig.ts";
import { configMap } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

/** Every namespace has one where controllers run. */
const ROOT_CA = "kube-root-ca.crt";

/** Resolves when `found` is true; asks again with each line that is told. */
class Told {
  readonly lines: string[] = [];
  #check = (): void => {};

  add(line: string): void {
    this.lines.push(line);
    this.#check();
  }

  async until(line: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#check = () => this.lines.includes(line) && resolve();
    this.#check();
    await promise;
  }
}

onEachServer("informers", ({ open }) => {
  let cluster: TestCluster;
  let kube: Cluster;
  let configMaps: ApiResource;
  const stop = new AbortController();

  before(async () => {
    cluster = await open();
    const config = loadClusterConfig({ kubeconfig: cluster.kubeconfigPath, environment: {} });
    kube = createCluster({ config });
    const found = await kube.catalog.resolve("configmaps", stop.signal);
    assert.equal(found.type, "found");
    configMaps = found.resource;
  });

  after(async () => {
    stop.abort();
    await kube?.close();
  });

  function follow(informer: SharedInformer): Told {
    const told = new Told();
    informer.subscribe((notification) => {
      if (notification.object.name === ROOT_CA) return;
      told.add(describe(notification).replace(/ [\d→]+ /, " "));
    });
    return told;
  }

  for (const watchList of [true, false]) {
    test(`changes reach a subscriber in order, ${watchList ? "by watch-list" : "by list and watch"}`, async () => {
      const namespace = watchList ? "streamed" : "listed";
      const failures: InformerEvent[] = [];
      const requests: string[] = [];
      const factory = new SharedInformerFactory(
        {
          listWatch: (scope) => {
            const client = kube.listWatch(scope);
            return {
              list: (query, item, signal) => (requests.push("LIST"), client.list(query, item, signal)),
              watch: (query, sink, signal) => (requests.push("WATCH"), client.watch(query, sink, signal)),
            };
          },
          observer: (event) => void (event.type === "failed" && failures.push(event)),
        },
        { watchList },
      );
      await cluster.createNamespace(namespace);
      await cluster.create(configMap("first", { namespace }));
      const informer = factory.informer({ resource: configMaps, namespaces: [namespace] });
      const told = follow(informer);
      factory.start(stop.signal);
      assert.deepEqual(await factory.waitForCacheSync(stop.signal), { type: "synced" });
      await cluster.label(configMap("first", { namespace }), { a: "b" });
      await cluster.create(configMap("second", { namespace }));
      await cluster.delete(configMap("first", { namespace }));
      await told.until(`deleted ${namespace}/first watch`);
      assert.deepEqual(told.lines, [
        `added ${namespace}/first initial`,
        `updated ${namespace}/first watch`,
        `added ${namespace}/second watch`,
        `deleted ${namespace}/first watch`,
      ]);
      assert.deepEqual(
        informer.lister
          .list()
          .map(({ name }) => name)
          .filter((name) => name !== ROOT_CA),
        ["second"],
      );
      assert.deepEqual(requests, watchList ? ["WATCH"] : ["LIST", "WATCH"]);
      assert.deepEqual(failures, []);
      await factory.shutdown();
    });
  }
});
