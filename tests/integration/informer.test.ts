import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, suite, test } from "node:test";

import type { InformerEvent } from "#informer/informer-event.ts";
import { SharedInformerFactory } from "#informer/shared-informer-factory.ts";
import type { SharedInformer } from "#informer/shared-informer.ts";
import { createCluster, type Cluster } from "#kubernetes/cluster.ts";
import { loadClusterConfig } from "#kubernetes/load-cluster-config.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { describe } from "../support/informer-rig.ts";
import { skipWithoutApiServer, startKubeApiServer, type KubeApiServer } from "../support/kube-api-server.ts";

const EXAMPLE = join(import.meta.dirname, "..", "..", "examples", "watch-pods.ts");

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

suite("informers on a real API server", { skip: skipWithoutApiServer, timeout: 120_000 }, () => {
  let server: KubeApiServer;
  let cluster: Cluster;
  let configMaps: ApiResource;
  const stop = new AbortController();

  before(async () => {
    server = await startKubeApiServer();
    const config = loadClusterConfig({ kubeconfig: server.kubeconfigPath, environment: {} });
    cluster = createCluster({ config });
    const found = await cluster.catalog.resolve("configmaps", stop.signal);
    assert.equal(found.type, "found");
    configMaps = found.resource;
  });

  after(async () => {
    stop.abort();
    await cluster?.close();
    await server?.stop();
  });

  function follow(informer: SharedInformer): Told {
    const told = new Told();
    informer.subscribe((notification) => told.add(describe(notification).replace(/ [\d→]+ /, " ")));
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
            const client = cluster.listWatch(scope);
            return {
              list: (query, item, signal) => (requests.push("LIST"), client.list(query, item, signal)),
              watch: (query, sink, signal) => (requests.push("WATCH"), client.watch(query, sink, signal)),
            };
          },
          observer: (event) => void (event.type === "failed" && failures.push(event)),
        },
        { watchList },
      );
      await server.kubectl("create", "namespace", namespace);
      await server.kubectl("create", "configmap", "first", "-n", namespace);
      const informer = factory.informer({ resource: configMaps, namespaces: [namespace] });
      const told = follow(informer);
      factory.start(stop.signal);
      assert.deepEqual(await factory.waitForCacheSync(stop.signal), { type: "synced" });
      await server.kubectl("label", "configmap", "first", "a=b", "-n", namespace);
      await server.kubectl("create", "configmap", "second", "-n", namespace);
      await server.kubectl("delete", "configmap", "first", "-n", namespace);
      await told.until(`deleted ${namespace}/first watch`);
      assert.deepEqual(told.lines, [
        `added ${namespace}/first initial`,
        `updated ${namespace}/first watch`,
        `added ${namespace}/second watch`,
        `deleted ${namespace}/first watch`,
      ]);
      assert.deepEqual(
        informer.lister.list().map(({ name }) => name),
        ["second"],
      );
      assert.deepEqual(requests, watchList ? ["WATCH"] : ["LIST", "WATCH"]);
      assert.deepEqual(failures, []);
      await factory.shutdown();
    });
  }

  test("examples/watch-pods.ts prints what happens to pods, and ends cleanly on Ctrl-C", async () => {
    const pod = (name: string): object => ({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace: "default" },
      spec: { containers: [{ name: "main", image: "example" }] },
    });
    await server.apply(pod("first"));
    const child = spawn(process.execPath, [EXAMPLE, "--kubeconfig", server.kubeconfigPath], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exited = once(child, "exit");
    const told = new Told();
    createInterface({ input: child.stdout }).on("line", (line) => told.add(line));
    await told.until("Pods in default: first");
    await server.apply(pod("second"));
    await server.kubectl("label", "pod", "second", "a=b");
    await server.kubectl("delete", "pod", "first", "--grace-period=0", "--force");
    await told.until("Pod deleted: first");
    child.kill("SIGINT");
    assert.deepEqual(await exited, [0, null]);
    assert.deepEqual(
      told.lines.filter((line) => line !== "Pod updated: first"),
      ["Pod added: first", "Pods in default: first", "Pod added: second", "Pod updated: second", "Pod deleted: first"],
    );
  });
});
