import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, before, test } from "node:test";
import { fieldOf } from "#kernel/json-value.ts";
import { loadAll } from "js-yaml";
import { InformdProcess } from "../support/informd-process.ts";
import { KUBECTL, shellWithKubectl } from "../support/kubectl.ts";
import { run } from "../support/run-informd.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";
import type { Named } from "../support/test-cluster/cluster-verbs.ts";
import { customResource, deployment, pod } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const CAN_I = join(import.meta.dirname, "..", "fixtures", "manifests", "default-handlers.can-i.txt");

const withoutKubectl =
  KUBECTL === undefined && 'needs kubectl: run "setup-envtest use" and export the KUBEBUILDER_ASSETS that it prints';

onEachServer("generated manifests", ({ open, onlyReal }) => {
  let cluster: TestCluster;
  let folder: TemporaryDirectory;
  let informd: InformdProcess | undefined;

  before(async () => {
    cluster = await open();
    folder = new TemporaryDirectory();
  });

  afterEach(async () => {
    await informd?.stop();
    informd = undefined;
  });

  const kubectl = (line: string): Promise<string> =>
    shellWithKubectl(`kubectl --kubeconfig ${cluster.kubeconfigPath} ${line}`, folder.path);

  /** Prints them for these handlers and applies them. */
  const apply = async (
    files: Readonly<Record<string, string>> | undefined,
    ...flags: readonly string[]
  ): Promise<readonly Manifest[]> => {
    using handlers = new TemporaryDirectory(files);
    const directory = files ? handlers.path : join(ROOT, "handlers");
    const { stdout, stderr } = await run(["manifests", "--handlers", directory, ...flags], folder.path);
    assert.equal(stderr, "");
    writeFileSync(join(folder.path, "manifests.yaml"), stdout);
    // Warnings would tell of what Pod Security does not like, and of fields that do not exist.
    await kubectl("apply --server-side --validate=strict --warnings-as-errors -f manifests.yaml");
    return loadAll(stdout).filter((one) => one !== null) as Manifest[];
  };

  /** As the pod would be started, with the token of its service account, but with folders of this machine. */
  const start = async (objects: readonly Manifest[]): Promise<InformdProcess> => {
    const { metadata, spec } = one(objects, "Deployment");
    const [container] = spec.template.spec.containers;
    const token = await kubectl(`create token ${spec.template.spec.serviceAccountName} -n ${metadata.namespace}`);
    const kubeconfig = cluster.createKubeconfig(`${metadata.namespace}-pod`, { token: token.trim() });
    const mounted = new TemporaryDirectory(one(objects, "ConfigMap").data);
    const places: Readonly<Record<string, string>> = {
      "/etc/informd/handlers": mounted.path,
      "/var/lib/informd": join(mounted.path, ".state"),
      ":8080": "127.0.0.1:0",
    };
    const args = container?.args.map((argument) =>
      argument.replace(/=(.*)$/, (_, value: string) => `=${places[value] ?? value}`),
    );
    informd = new InformdProcess([...(args ?? []), `--kubeconfig=${kubeconfig}`], {
      cwd: folder.path,
      env: { ...process.env, POD_NAME: "informd-0", POD_NAMESPACE: metadata.namespace, POD_UID: randomUUID() },
    });
    void informd.exited.then(() => mounted[Symbol.dispose]());
    return informd;
  };

  test("are applied as they are, and a second time", { skip: withoutKubectl }, async () => {
    const objects = await apply(undefined);
    for (const object of objects) assert.ok(await cluster.get(object), `${object.kind} ${object.metadata.name}`);
    assert.match(
      await kubectl("apply --server-side -f manifests.yaml"),
      /deployment\.apps\/informd serverside-applied/,
    );
  });

  test("are a base for kustomize", { skip: withoutKubectl }, async () => {
    assert.match(
      await kubectl(`apply --server-side --dry-run=server -k ${join(ROOT, "manifests")}`),
      /deployment\.apps\/informd/,
    );
  });

  test("ask a cluster that is named for kinds that are none of Kubernetes' own", async () => {
    await cluster.apply(customResource("Gadget"));
    await cluster.untilServed("example.com/v1", "Gadget");
    using handlers = new TemporaryDirectory({ "gadget.example.com-added.ts": LOGS });
    const flags = ["manifests", "--handlers", handlers.path, "--kubeconfig", cluster.kubeconfigPath];
    const { stdout, stderr } = await run(flags, folder.path);
    assert.equal(stderr, "");
    assert.match(stdout, /- example\.com\n {4}resources:\n {6}- gadgets\n/);
  });

  /** Until the API server has noticed what its roles are now. */
  const untilRefused = async (request: string): Promise<void> => {
    while ((await kubectl(`auth can-i ${request} || true`)).trim() !== "no");
  };

  const untilTold = async (namespace: string, reason: string): Promise<void> => {
    const told = async (): Promise<readonly string[]> =>
      (await cluster.read<EventList>(`/api/v1/namespaces/${namespace}/events`)).items.map((event) => event.reason);
    while (!(await told()).includes(reason)) await delay(100);
  };

  /** Of a service account in `informd`: resources, object names and verbs. */
  const rightsOf = async (account: string): Promise<readonly string[]> => {
    const groups = "--as-group system:serviceaccounts --as-group system:authenticated";
    const as = `--as system:serviceaccount:informd:${account} ${groups}`;
    const table = await kubectl(`auth can-i --list --no-headers -n informd ${as}`);
    return table
      .split("\n")
      .map((line) => line.trimEnd().replaceAll(/ {2,}/g, "  "))
      .toSorted();
  };

  const needsRoles = withoutKubectl || onlyReal("the embedded server has neither roles nor admission plugins");
  test(
    "the pod is admitted where Pod Security is restricted, and another one is not",
    { skip: needsRoles },
    async () => {
      const { spec } = one(await apply(undefined), "Deployment");
      const made = {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "made", namespace: "informd", ...spec.template.metadata },
      };
      writeFileSync(join(folder.path, "pod.json"), JSON.stringify({ ...made, spec: spec.template.spec }));
      assert.match(await kubectl("create --dry-run=server -f pod.json"), /pod\/made created/);
      await assert.rejects(
        cluster.create(pod("usual", { namespace: "informd" })),
        /violates PodSecurity \\+"restricted/,
      );
    },
  );

  test(
    "their service account may do what the default handlers need, and nothing else",
    { skip: needsRoles },
    async () => {
      await apply(undefined);
      const [own, anybodys] = await Promise.all([rightsOf("informd"), rightsOf("anybody")]);
      assert.equal(own.filter((line) => !anybodys.includes(line)).join("\n"), readFileSync(CAN_I, "utf8").trimEnd());
    },
  );

  test("the default handlers run with the rights of their service account", { skip: needsRoles }, async () => {
    const runtime = await start(await apply(undefined));
    for (const handler of ["deployment-rollout", "job-deleted", "pod-added"])
      await runtime.log({ msg: "handler live", handler });
    await cluster.apply(pod("seen"));
    await runtime.until("the pod", () => runtime.told("pod-added").some(({ data }) => data?.["name"] === "seen"));
  });

  test(
    "without one of its verbs a handler is degraded, and told which verb of which resource is missing",
    { skip: needsRoles },
    async () => {
      const objects = await apply({ "job-added.ts": LOGS, "pod-added.ts": LOGS }, "-n", "less");
      await cluster.patch(one(objects, "ClusterRole"), { rules: [PODS, { ...JOBS, verbs: ["list"] }] });
      await untilRefused("watch jobs.batch --as system:serviceaccount:less:informd");
      const runtime = await start(objects);
      const { reason } = await runtime.log({ msg: "handler degraded", handler: "job-added" });
      assert.match(String(reason), /cannot watch resource "jobs" in API group "batch"/);
      const { live, degraded } = await runtime.log({ msg: "ready" });
      assert.deepEqual({ live, degraded }, { live: 1, degraded: 1 });
    },
  );

  test(
    "handlers in namespaces run with Roles alone, on one object if they select one, and write what allow.kube names",
    { skip: needsRoles },
    async () => {
      for (const name of ["shop", "audit"]) await cluster.createNamespace(name);
      const objects = await apply({ "mark.ts": MARKS, "tls.ts": ONE_SECRET }, "-n", "narrow");
      assert.deepEqual(
        objects.filter(({ kind }) => kind.startsWith("Cluster")),
        [],
      );
      const runtime = await start(objects);
      await runtime.log({ msg: "ready" });
      await cluster.create(pod("going", { namespace: "shop" }));
      await cluster.apply(deployment("web", { namespace: "shop" }));
      await runtime.until("the outcome", () => runtime.told("mark").find(({ msg }) => msg === "marked"));
      assert.ok(
        await cluster.get({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "web", namespace: "audit" } }),
      );
      const web = await cluster.get(deployment("web", { namespace: "shop" }));
      assert.equal(web?.metadata.labels?.["marked"], "yes");
      assert.deepEqual([fieldOf(web["spec"], "replicas"), fieldOf(web["status"], "replicas")], [3, 2]);
      assert.equal(await cluster.get(pod("going", { namespace: "shop" })), undefined);
      const secret = (name: string): Named => ({
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name, namespace: "shop" },
      });
      await cluster.apply(secret("other"), secret("tls"));
      const { data } = await runtime.until("the Secret", () => runtime.told("tls")[0]);
      assert.deepEqual(data, { name: "tls" });
    },
  );

  test("with --watch-namespace handlers that name none run with a Role there", { skip: needsRoles }, async () => {
    await cluster.createNamespace("watched");
    const objects = await apply({ "pod-added.ts": LOGS }, "-n", "elsewhere", "--watch-namespace", "watched");
    assert.deepEqual(
      objects.filter(({ kind }) => kind.startsWith("Cluster")),
      [],
    );
    const runtime = await start(objects);
    await runtime.log({ msg: "ready" });
    await cluster.apply(pod("here", { namespace: "watched" }), pod("there"));
    await runtime.until("the pod", () => runtime.told("pod-added").length > 0);
    assert.deepEqual(
      runtime.told("pod-added").map(({ data }) => data?.["name"]),
      ["here"],
    );
  });

  test(
    "with --load api the runtime watches the one ConfigMap of its handlers, may read no other, and tells of it in Events",
    { skip: needsRoles },
    async () => {
      const objects = await apply({ "pod-added.ts": LOGS }, "-n", "live", "--load", "api");
      assert.deepEqual(
        one(objects, "Deployment").spec.template.spec.containers[0]?.args[1],
        "--handlers=configmap/live/informd-handlers",
      );
      const asPod = "-n live --as system:serviceaccount:live:informd";
      await assert.rejects(kubectl(`get configmaps ${asPod}`), /cannot list resource "configmaps"/);
      await assert.rejects(kubectl(`get configmap other ${asPod}`), /cannot get resource "configmaps"/);
      const runtime = await start(objects);
      await runtime.log({ msg: "handler live", handler: "pod-added" });
      const map = one(objects, "ConfigMap");
      await cluster.patch(map, { data: { "service-added.ts": LOGS } });
      const { reason } = await runtime.log({ msg: "handler degraded", handler: "service-added" });
      assert.match(String(reason), /cannot list resource "services"/);
      await untilTold("live", "HandlersLoaded");
    },
  );
});

interface Manifest extends Named {
  readonly data: Readonly<Record<string, string>>;
  readonly spec: { readonly template: PodTemplate };
}

interface EventList {
  readonly items: readonly { readonly reason: string }[];
}

interface PodTemplate {
  readonly metadata: object;
  readonly spec: {
    readonly serviceAccountName: string;
    readonly containers: readonly { readonly args: readonly string[] }[];
  };
}

function one(objects: readonly Manifest[], kind: string): Manifest {
  const found = objects.find((object) => object.kind === kind);
  assert.ok(found, kind);
  return found;
}

const LOGS = `export default (event, { log }) => log.info("seen", { name: event.key.name });\n`;
const WATCHING = ["list", "watch"];
const PODS = { apiGroups: [""], resources: ["pods"], verbs: WATCHING };
const JOBS = { apiGroups: ["batch"], resources: ["jobs"], verbs: WATCHING };

const ONE_SECRET = `
import { on } from "informd";
export default on("secrets", { namespaces: ["shop"], fieldSelector: "metadata.name=tls" }, (event, { log }) =>
  log.info("seen", { name: event.key.name }));
`;

const MARKS = `
import { on } from "informd";
export default on("deployments.apps", {
  events: ["added"], namespaces: ["shop"], listers: { claims: { resource: "persistentvolumeclaims" } },
  allow: { kube: [
    "patch deployments.apps", "create,patch configmaps in audit", "create events",
    "patch deployments.apps/scale", "patch deployments.apps/status", "create pods/eviction",
  ] },
}, async ({ object }, { kube, log }) => {
  const { name, namespace } = object.metadata;
  await kube.patch("deployments.apps", { name, namespace }, { metadata: { labels: { marked: "yes" } } });
  await kube.apply({ apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "audit" } });
  await kube.event(object, { type: "Normal", reason: "Marked", message: "It has its label." });
  await kube.scale("deployments.apps", { name, namespace }, 3);
  await kube.patchStatus("deployments.apps", { name, namespace }, { status: { replicas: 2 } });
  await kube.evict("pods", { name: "going", namespace });
  log.info("marked");
});
`;
