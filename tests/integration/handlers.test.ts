import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { InformdProcess } from "../support/informd-process.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";
import { configMap, deployment, pod } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

const POD_ADDED = `
import type { HandlerContext, PodAdded } from "informd";
export default function podAdded(event: PodAdded, { lister, log }: HandlerContext<"pods">) {
  const { name, namespace } = event.object.metadata;
  log.info("pod added", { name, namespace, cached: lister.get(name)?.metadata.uid === event.key.uid, cause: event.cause });
}`;

const REPLICAS_CHANGED = `
import { on } from "informd";
export default on("deployments.apps", { events: ["updated"], changed: ["spec.replicas"] }, (event, { log }) => {
  log.info("scaled", { from: event.old.spec?.replicas, to: event.object.spec?.replicas, name: event.key.name });
});`;

const CONFIG_MAP_CHANGED = `
import type { ConfigMapChanged } from "informd";
export default function changed(event: ConfigMapChanged, { log }) {
  const old = event.type === "updated" ? event.old.data?.step : undefined;
  if (event.key.name.startsWith("step")) log.info(event.type, { name: event.key.name, step: event.object.data?.step, old });
}`;

const LABELLED = `
import { on } from "informd";
export default on("configmaps", { labelSelector: "tier=web", events: ["added", "updated", "deleted", "unselected"] }, (event, { log }) => {
  log.info(event.type, { name: event.key.name, cause: event.cause });
});`;

const PODTEMPLATES = `
import { on } from "informd";
export default on("podtemplates", () => {});`;

onEachServer("handlers", ({ open }) => {
  let cluster: TestCluster;
  let handlers: TemporaryDirectory;
  let informd: InformdProcess;

  before(async () => {
    cluster = await open();
    await cluster.apply(pod("first"));
    handlers = new TemporaryDirectory({
      "pod-added.ts": POD_ADDED,
      "replicas-changed.ts": REPLICAS_CHANGED,
      "config-maps/configmap-changed.ts": CONFIG_MAP_CHANGED,
      "labelled.ts": LABELLED,
      ...Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`templates/${i}.ts`, PODTEMPLATES])),
    });
    informd = new InformdProcess(["start", "--kubeconfig", cluster.kubeconfigPath, "--handlers", handlers.path], {
      cwd: handlers.path,
    });
    await informd.log({ msg: "ready" });
  });

  after(async () => {
    await informd?.stop();
    handlers?.[Symbol.dispose]();
  });

  const toldOf = (handler: string, name: string) => informd.told(handler).find(({ data }) => data?.["name"] === name);

  test("a handler named pod-added.ts sees the pods that exist, with cause initial", async () => {
    const { data } = await informd.until("the first pod", () => toldOf("pod-added", "first"));
    assert.deepEqual(data, { name: "first", namespace: "default", cached: true, cause: "initial" });
  });

  test("a handler sees a new pod, and finds it in its lister", async () => {
    await cluster.apply(pod("second"));
    const { data } = await informd.until("the second pod", () => toldOf("pod-added", "second"));
    assert.deepEqual(data, { name: "second", namespace: "default", cached: true, cause: "live" });
  });

  test("a handler with changed: spec.replicas sees a scale with the old object, and nothing else", async () => {
    await cluster.apply(deployment("web"));
    await cluster.label(deployment("web"), { tier: "web" });
    await cluster.scale(deployment("web"), 3);
    await informd.until("the scale", () => toldOf("replicas-changed", "web"));
    assert.deepEqual(
      informd.told("replicas-changed").map(({ data }) => data),
      [{ from: 1, to: 3, name: "web" }],
    );
  });

  test("a handler sees the events of one object in order, each update with what it finished before", async () => {
    const told = () =>
      informd
        .told("config-maps/configmap-changed")
        .map(({ msg, data }) => ({ msg, step: data?.["step"], old: data?.["old"] }));
    for (const [index, step] of ["1", "2", "3"].entries()) {
      await cluster.apply(configMap("step-by-step", { data: { step } }));
      await informd.until(`step ${step}`, () => told().length === index + 1);
    }
    await cluster.delete(configMap("step-by-step"));
    await informd.until("the delete", () => told().length === 4);
    assert.deepEqual(told(), [
      { msg: "added", step: "1", old: undefined },
      { msg: "updated", step: "2", old: "1" },
      { msg: "updated", step: "3", old: "2" },
      { msg: "deleted", step: "3", old: undefined },
    ]);
  });

  test("a handler with a selector sees an object enter and leave it", async () => {
    const told = () => informd.told("labelled").map(({ msg, data }) => `${msg} ${String(data?.["cause"])}`);
    await cluster.apply(configMap("labelled"));
    await cluster.label(configMap("labelled"), { tier: "web" });
    await informd.until("selected", () => told().length === 1);
    await cluster.label(configMap("labelled"), { tier: null });
    await informd.until("unselected", () => told().length === 2);
    await cluster.delete(configMap("labelled"));
    await cluster.apply(configMap("sentinel", { labels: { tier: "web" } }));
    await informd.until("the sentinel", () => told().length === 3);
    assert.deepEqual(told(), ["added selected", "unselected live", "added live"]);
  });

  test("ten handlers of one resource make one LIST at most, and one WATCH", async () => {
    const { lists, watches } = await cluster.asked("podtemplates");
    assert.ok(lists <= 1);
    assert.equal(watches, 1);
  });
});
