// The classic informer program: node examples/watch-pods.ts --kubeconfig FILE
import { once } from "node:events";
import { parseArgs } from "node:util";
import { createCluster, describeFailure, loadClusterConfig, SharedInformerFactory } from "informd";

const { values } = parseArgs({ options: { kubeconfig: { type: "string" } } });
const environment = process.env;
const cluster = createCluster({ config: loadClusterConfig({ ...values, environment }), environment });
const found = await cluster.catalog.resolve("pods", AbortSignal.timeout(10_000));
if (found.type === "failed")
  throw new Error(describeFailure(found.failure, { server: cluster.server, action: "find pods" }));
if (found.type !== "found") throw new Error(`Cannot find pods: they are ${found.type} to ${cluster.server}`);

const factory = new SharedInformerFactory(cluster, { resyncMs: 30_000 });
const pods = factory.informer({ resource: found.resource });
pods.addEventHandler({
  onAdd: ({ name }) => console.log(`Pod added: ${name}`),
  onUpdate: ({ name }) => console.log(`Pod updated: ${name}`),
  onDelete: ({ name }) => console.log(`Pod deleted: ${name}`),
});

const stop = new AbortController();
const interrupted = once(process, "SIGINT").then(() => stop.abort());
factory.start(stop.signal);
const sync = await factory.waitForCacheSync(stop.signal);
if (sync.type === "synced") {
  const inDefault = pods.lister.list({ namespace: "default" }).map(({ name }) => name);
  console.log(`Pods in default: ${inDefault.sort().join(", ") || "none"}`);
}
await interrupted;
await factory.shutdown();
await cluster.close();
