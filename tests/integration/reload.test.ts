import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { createCluster, type Cluster } from "#kubernetes/cluster.ts";
import { loadClusterConfig } from "#kubernetes/load-cluster-config.ts";
import { builtInResources } from "#resources/built-in-resources.generated.ts";
import { InformdProcess } from "../support/informd-process.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

const OBJECTS = 1000;
const SAVES = 25;
const BROKEN_SAVES = 5;
const WRITERS = 8;

function handler(version: number): string {
  return `
import type { ConfigMapChanged, HandlerContext } from "informd";
export const config = { namespaces: ["load"], labelSelector: "load" };
export default async function changed(event: ConfigMapChanged, { log }: HandlerContext<"configmaps">) {
  await new Promise((resolve) => setTimeout(resolve, Number(event.object.data?.pauseMs)));
  log.info(event.type, { name: event.key.name, version: ${version} });
}`;
}

const BROKEN = "export default function (";

onEachServer("a handler that is saved under load", ({ open }) => {
  let cluster: TestCluster;
  let kube: Cluster;
  let handlers: TemporaryDirectory;
  let informd: InformdProcess;

  before(async () => {
    cluster = await open();
    await cluster.createNamespace("load");
    kube = createCluster({ config: loadClusterConfig({ kubeconfig: cluster.kubeconfigPath, environment: {} }) });
    handlers = new TemporaryDirectory({ "configmap-changed.ts": handler(0) });
    informd = new InformdProcess(
      ["start", "--watch", "--kubeconfig", cluster.kubeconfigPath, "--handlers", handlers.path],
      { cwd: handlers.path },
    );
    await informd.log({ msg: "ready" });
  });

  after(async () => {
    await informd?.stop();
    handlers?.[Symbol.dispose]();
    await kube?.close();
  });

  test("is told every object once when it comes and once when it goes, by one version each", async () => {
    const writing = writeAndDelete(kube);
    await save(handlers, informd);
    await writing;
    await informd.until("every event", () => informd.told("configmap-changed").length >= 2 * OBJECTS);
    await informd.stop();
    const told = Map.groupBy(informd.told("configmap-changed"), ({ data }) => String(data?.["name"]));
    const wrong = [...told].filter(([, lines]) => lines.map(({ msg }) => msg).join() !== "added,deleted");
    assert.deepEqual(wrong, []);
    assert.equal(told.size, OBJECTS);
    assert.equal(informd.where({ msg: "build failed" }).length, BROKEN_SAVES);
    assert.equal(informd.where({ msg: "handler live" }).length, 1 + SAVES - BROKEN_SAVES);
    const versions = new Set(informd.told("configmap-changed").map(({ data }) => data?.["version"]));
    assert.ok(versions.size > 1);
  });
});

/** Creates and deletes every object: 2,000 writes. Some of them are still being handled when they are deleted. */
async function writeAndDelete({ objects }: Cluster): Promise<void> {
  const resource = builtInResources.find(({ plural, group }) => plural === "configmaps" && group === "");
  assert.ok(resource);
  const { signal } = new AbortController();
  const target = { resource, namespace: "load" };
  const write = async (writer: number): Promise<void> => {
    for (let index = writer; index < OBJECTS; index += WRITERS) {
      const name = `object-${index}`;
      const data = { pauseMs: String(index % 20 === 0 ? 300 : 0) };
      const created = await objects.create(
        target,
        { apiVersion: "v1", kind: "ConfigMap", metadata: { name, labels: { load: "yes" } }, data },
        signal,
      );
      assert.equal(created.type, "object");
      await delay(50);
      const deleted = await objects.delete({ ...target, name }, signal);
      assert.equal(deleted.type, "object");
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
}

/** Each save waits for its effect, so that every one of them has one. */
async function save(handlers: TemporaryDirectory, informd: InformdProcess): Promise<void> {
  for (let version = 1; version <= SAVES; version++) {
    const isBroken = version % (SAVES / BROKEN_SAVES) === 0;
    const effect = () => informd.where({ msg: isBroken ? "build failed" : "handler live" }).length;
    const before = effect();
    handlers.write("configmap-changed.ts", isBroken ? BROKEN : handler(version));
    await informd.until(`save ${version}`, () => effect() > before);
  }
}
