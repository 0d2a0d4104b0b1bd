import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { type KubeApiServer, skipWithoutApiServer, startKubeApiServer } from "../support/kube-api-server.ts";
import { InformdProcess } from "../support/informd-process.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";

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

function pod(name: string, namespace = "default"): object {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace },
    spec: { containers: [{ name: "c", image: "i" }] },
  };
}

function configMap(name: string, step: string): object {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "default" }, data: { step } };
}

suite("handlers on a real API server", { skip: skipWithoutApiServer }, () => {
  let server: KubeApiServer;
  let handlers: TemporaryDirectory;
  let informd: InformdProcess;

  before(async () => {
    server = await startKubeApiServer();
    await server.apply(pod("first"));
    handlers = new TemporaryDirectory({
      "pod-added.ts": POD_ADDED,
      "replicas-changed.ts": REPLICAS_CHANGED,
      "config-maps/configmap-changed.ts": CONFIG_MAP_CHANGED,
      "labelled.ts": LABELLED,
      ...Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`templates/${i}.ts`, PODTEMPLATES])),
    });
    informd = new InformdProcess(["start", "--kubeconfig", server.kubeconfigPath, "--handlers", handlers.path], {
      cwd: handlers.path,
    });
    await informd.log({ msg: "ready" });
  });

  after(async () => {
    await informd?.stop();
    handlers?.[Symbol.dispose]();
    await server?.stop();
  });

  const toldOf = (handler: string, name: string) => informd.told(handler).find(({ data }) => data?.["name"] === name);

  test("a handler named pod-added.ts sees the pods that exist, with cause initial", async () => {
    const { data } = await informd.until("the first pod", () => toldOf("pod-added", "first"));
    assert.deepEqual(data, { name: "first", namespace: "default", cached: true, cause: "initial" });
  });

  test("a handler sees a new pod, and finds it in its lister", async () => {
    await server.apply(pod("second"));
    const { data } = await informd.until("the second pod", () => toldOf("pod-added", "second"));
    assert.deepEqual(data, { name: "second", namespace: "default", cached: true, cause: "live" });
  });

  test("a handler with changed: spec.replicas sees a scale with the old object, and nothing else", async () => {
    await server.kubectl("create", "deployment", "web", "--image=nginx");
    await server.kubectl("label", "deployment", "web", "tier=web");
    await server.kubectl("scale", "deployment", "web", "--replicas=3");
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
      await server.apply(configMap("step-by-step", step));
      await informd.until(`step ${step}`, () => told().length === index + 1);
    }
    await server.kubectl("delete", "configmap", "step-by-step");
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
    await server.apply(configMap("labelled", "x"));
    await server.kubectl("label", "configmap", "labelled", "tier=web");
    await informd.until("selected", () => told().length === 1);
    await server.kubectl("label", "configmap", "labelled", "tier-");
    await informd.until("unselected", () => told().length === 2);
    await server.kubectl("delete", "configmap", "labelled");
    await server.apply({
      ...configMap("sentinel", "x"),
      metadata: { name: "sentinel", namespace: "default", labels: { tier: "web" } },
    });
    await informd.until("the sentinel", () => told().length === 3);
    assert.deepEqual(told(), ["added selected", "unselected live", "added live"]);
  });

  test("ten handlers of one resource make one LIST at most, and one WATCH", async () => {
    const metrics = await server.kubectl("get", "--raw", "/metrics");
    const count = (metric: string, verb: string): number =>
      [...metrics.matchAll(new RegExp(`^${metric}\\{.*resource="podtemplates".*verb="${verb}".*\\} (\\d+)$`, "gm"))]
        .map(([, value]) => Number(value))
        .reduce((sum, value) => sum + value, 0);
    assert.ok(count("apiserver_request_total", "LIST") <= 1);
    assert.equal(count("apiserver_longrunning_requests", "WATCH"), 1);
  });
});
