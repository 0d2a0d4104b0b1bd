import { CoreV1Api, KubeConfig, makeInformer, Watch, type V1ConfigMap } from "@kubernetes/client-node";
import { configMap } from "../manifests.ts";
import type { Scenario } from "../scenario.ts";
import type { Session } from "../session.ts";
import { until } from "../stand-in-controllers.ts";

/** How programs follow objects with @kubernetes/client-node. */
export const informers: Scenario = {
  name: "informers",
  async play(session) {
    const config = new KubeConfig();
    config.loadFromFile(session.kubeconfig);
    await session.quietly("create -f -", [map("a"), map("b")]);
    await informer(session, config);
    await watch(session, config);
  },
};

const namespace = "informers";
const path = `/api/v1/namespaces/${namespace}/configmaps`;
const labelSelector = "set=informers";

function map(name: string): object {
  return configMap(name, { a: "0" }, { labels: { set: "informers" } });
}

async function informer(session: Session, config: KubeConfig): Promise<void> {
  const core = config.makeApiClient(CoreV1Api);
  const informed = makeInformer(
    config,
    path,
    () => core.listNamespacedConfigMap({ namespace, labelSelector }),
    labelSelector,
  );
  const told: string[] = [];
  for (const verb of ["add", "update", "delete"] as const) {
    informed.on(verb, ({ metadata, data }: V1ConfigMap) => void told.push(`${verb} ${metadata?.name} ${data?.["a"]}`));
  }
  informed.on("error", (error: unknown) => void told.push(`error ${String(error)}`));
  const connected = new Promise((resolve) => informed.on("connect", resolve));
  await informed.start();
  await connected;
  await session.quietly(`patch cm a --type=merge -p '{"data":{"a":"1"}}'`);
  await session.quietly("create -f -", map("c"));
  await session.quietly("delete cm b");
  await session.quietly("label cm a set=others --overwrite");
  await until(async () => told.length >= 6);
  await informed.stop();
  session.record("an informer tells every change once and in order", told.join("\n"), "delete a 1");
}

async function watch(session: Session, config: KubeConfig): Promise<void> {
  const list = await session.ask({ path });
  const { resourceVersion } = (list.json as { metadata: { resourceVersion: string } }).metadata;
  for (const value of ["1", "2", "3"]) {
    await session.quietly(`patch cm c --type=merge -p '{"data":{"a":"${value}"}}'`);
  }
  const told: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const options = { resourceVersion, labelSelector, timeoutSeconds: 1 };
  await new Watch(config).watch(
    path,
    options,
    (phase, { metadata, data }: V1ConfigMap) => void told.push(`${phase} ${metadata?.name} ${data?.["a"]}`),
    () => resolve(),
  );
  await promise;
  session.record("a watch begins where a list ended", told.join("\n"), "MODIFIED c 1\nMODIFIED c 2\nMODIFIED c 3");
}
