/** The `SharedInformerFactory` with one handler that counts. Run as a child: URL EVENTS. */
import { SharedInformerFactory } from "#informer/shared-informer-factory.ts";
import { createCluster } from "#kubernetes/cluster.ts";
import { clusterConfigFromText } from "#kubernetes/load-cluster-config.ts";
import { replayKubeconfig } from "../replay/kubeconfig.ts";
import { measureIngest } from "./measure.ts";

const [server = "", events = "0"] = process.argv.slice(2);
const cluster = createCluster({ config: clusterConfigFromText(replayKubeconfig(server), "/") });
const factory = new SharedInformerFactory({ listWatch: (scope) => cluster.listWatch(scope) });
const resource = await cluster.catalog.resolve("pods", AbortSignal.timeout(10_000));
if (resource.type !== "found") throw new Error("Cannot measure: the replay server has no pods");
const pods = factory.informer(resource);

let updates = 0;
let awaited = 0;
const seenAll = Promise.withResolvers<void>();
pods.addEventHandler({
  onUpdate() {
    updates += 1;
    if (updates === awaited) seenAll.resolve();
  },
});

await measureIngest(
  {
    async sync() {
      const { signal } = new AbortController();
      factory.start(signal);
      await factory.waitForCacheSync(signal);
      return pods.cache.size;
    },
    updates(count) {
      awaited = count;
      return seenAll.promise;
    },
  },
  server,
  Number(events),
);
