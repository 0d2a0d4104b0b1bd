// The classic informer program: node examples/watch-pods.ts --kubeconfig FILE
import { once } from "node:events";
import { parseArgs } from "node:util";
import { createCluster, loadClusterConfig, SharedInformerFactory } from "informd";

const { values } = parseArgs({ options: { kubeconfig: { type: "string" } } });
const environment = process.env;
const stop = new AbortController();
const stopped = once(process, "SIGINT").then(() => stop.abort());

const cluster = createCluster({ config: loadClusterConfig({ ...values, environment }), environment });
const found = await cluster.catalog.resolve("pods", stop.signal);
if (found.type !== "found") throw new Error(`Cannot find pods on ${cluster.server}: ${found.type}`);

const factory = new SharedInformerFactory(cluster, { resyncMs: 30_000 });
const pods = factory.informer({ resource: found.resource });
pods.addEventHandler({
  onAdd: ({ name }) => console.log(`Pod added: ${name}`),
  onUpdate: ({ name }) => console.log(`Pod updated: ${name}`),
  onDelete: ({ name }) => console.log(`Pod deleted: ${name}`),
});

factory.start(stop.signal);
const synced = await factory.waitForCacheSync(stop.signal);
if (synced.type === "synced") {
  const inDefault = pods.lister.list({ namespace: "default" }).map(({ name }) => name);
  console.log(`Pods in default: ${inDefault.sort().join(", ") || "none"}`);
}
await stopped;
await factory.shutdown();
await cluster.close();
