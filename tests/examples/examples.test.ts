import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import { InformdProcess } from "../support/informd-process.ts";
import type { Named } from "../support/test-cluster/cluster-verbs.ts";
import { configMap, deployment, pod } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

const EXAMPLES = join(import.meta.dirname, "..", "..", "examples");
const READY = { conditions: [{ type: "Ready", status: "True" }] };
const NOT_READY = { conditions: [{ type: "Ready", status: "False" }] };

interface EventList {
  readonly items: readonly {
    readonly source: { readonly component?: string };
    readonly involvedObject: { readonly kind: string; readonly name: string };
    readonly type: string;
    readonly reason: string;
    readonly message: string;
  }[];
}

onEachServer("examples", ({ open }) => {
  let cluster: TestCluster;

  before(async () => void (cluster = await open()));

  /** An example, once it is live, in this namespace. */
  async function started(name: string, namespace: string): Promise<InformdProcess> {
    const args = ["start", "-n", namespace, "--kubeconfig", cluster.kubeconfigPath, "--handlers", join(EXAMPLES, name)];
    const informd = new InformdProcess(args, { cwd: cluster.folder });
    await informd.log({ msg: "ready" });
    return informd;
  }

  /** What handlers wrote as Kubernetes Events in a namespace. */
  async function eventsIn(namespace: string): Promise<readonly string[]> {
    const { items } = await cluster.read<EventList>(`/api/v1/namespaces/${namespace}/events`);
    const written = items.filter(({ source }) => source.component === "informd");
    return written.map(
      ({ involvedObject, type, reason, message }) =>
        `${involvedObject.kind} ${involvedObject.name}: ${type} ${reason}: ${message}`,
    );
  }

  const labelsOf = async (object: Named): Promise<object | undefined> => (await cluster.get(object))?.metadata.labels;
  const finished = (informd: InformdProcess, handler: string, count: number): Promise<unknown> =>
    informd.until(`${count} records of ${handler}`, () => informd.told(handler).length >= count);

  test("replica-alert writes an Event about each change of a Deployment's replicas", async () => {
    const namespace = await cluster.createNamespace("replica-alert");
    const web = deployment("web", { namespace });
    await cluster.apply(web);
    await using informd = await started("replica-alert", namespace);
    await cluster.scale(web, 3);
    await finished(informd, "deployment-scaled", 1);
    await cluster.scale(web, 0);
    await finished(informd, "deployment-scaled", 2);
    await informd.stop();
    assert.deepEqual((await eventsIn(namespace)).toSorted(), [
      "Deployment web: Normal ReplicasChanged: Replicas changed from 1 to 3",
      "Deployment web: Warning ReplicasChanged: Replicas changed from 3 to 0",
    ]);
  });

  test("label-propagation writes the namespace's team to the pods that are there, and to those that come", async () => {
    const namespace = await cluster.createNamespace("label-propagation");
    const owner: Named = { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } };
    const [first, second] = [pod("first", { namespace, labels: { app: "web" } }), pod("second", { namespace })];
    await cluster.apply(first);
    await using informd = await started("label-propagation", namespace);
    await cluster.label(owner, { team: "shop" });
    await finished(informd, "namespace-team", 1);
    assert.deepEqual(await labelsOf(first), { app: "web", team: "shop" });
    await cluster.apply(second);
    // The first pod may be told late: then its record comes first.
    await informd.until("the second pod", () =>
      informd.told("pod-team").some(({ data }) => data?.["name"] === "second"),
    );
    assert.deepEqual(await labelsOf(second), { team: "shop" });
    await cluster.label(owner, { team: "billing" });
    await finished(informd, "namespace-team", 2);
    assert.deepEqual(await labelsOf(first), { app: "web", team: "billing" });
    assert.deepEqual(await labelsOf(second), { team: "billing" });
  });

  test("ttl-cleaner deletes a ConfigMap when its time is over, and leaves alone what has none", async () => {
    const namespace = await cluster.createNamespace("ttl-cleaner");
    const [short, long, none] = ["short", "long", "none"].map((name) => configMap(name, { namespace }));
    assert.ok(short && long && none);
    await cluster.apply(none, annotated(short, { ttl: "2s" }), annotated(long, { ttl: "1h" }));
    await using informd = await started("ttl-cleaner", namespace);
    await finished(informd, "expired-config-map", 1);
    assert.equal(await cluster.get(short), undefined);
    await cluster.patch(long, { metadata: { annotations: { ttl: "1s" } } });
    await finished(informd, "expired-config-map", 2);
    assert.equal(await cluster.get(long), undefined);
    assert.ok(await cluster.get(none));
  });

  test("ttl-cleaner gives up at once on a time that it cannot read, and says what to write", async () => {
    const namespace = await cluster.createNamespace("ttl-cleaner-wrong");
    await cluster.apply(annotated(configMap("wrong", { namespace }), { ttl: "soon" }));
    await using informd = await started("ttl-cleaner", namespace);
    const { attempts, reason } = await informd.log({ msg: "dead letter" });
    assert.equal(attempts, 1);
    assert.match(String(reason), /Cannot read ttl "soon": .* Write "90s" or "10m"\./);
  });

  test("image-policy reports an image without a version and how many pods run it", async () => {
    const namespace = await cluster.createNamespace("image-policy");
    const digest = `example/web@sha256:${"0".repeat(64)}`;
    const fixed = ["example/web:1.0.0", "registry.example.com:5000/web:1", digest];
    const floating = "registry.example.com:5000/web";
    await cluster.apply(running(fixed, "fixed", namespace));
    await using informd = await started("image-policy", namespace);
    await cluster.apply(running([floating], "a", namespace));
    await finished(informd, "floating-image", 1);
    await cluster.apply(running([...fixed, floating], "b", namespace));
    await finished(informd, "floating-image", 2);
    await informd.stop();
    const end = "may change under its name: write a version or a digest";
    assert.deepEqual((await eventsIn(namespace)).toSorted(), [
      `Pod a: Warning FloatingImage: Image "${floating}", in 1 pods, ${end}`,
      `Pod b: Warning FloatingImage: Image "${floating}", in 2 pods, ${end}`,
    ]);
  });

  test("services-without-pods warns when the last ready pod behind a Service is lost, and not before", async () => {
    const namespace = await cluster.createNamespace("services-without-pods");
    const labels = { app: "web" };
    const [first, second, other] = [
      pod("first", { namespace, labels }),
      pod("second", { namespace, labels }),
      pod("other", { namespace }),
    ];
    await cluster.apply(service("web", namespace, labels), service("api", namespace, { app: "api" }));
    await cluster.apply(first, second, other);
    for (const each of [first, second, other]) await cluster.patchStatus(each, READY);
    await using informd = await started("services-without-pods", namespace);
    await cluster.patchStatus(first, NOT_READY);
    await finished(informd, "last-ready-pod", 1);
    await cluster.delete(other, second);
    await finished(informd, "last-ready-pod", 2);
    await informd.stop();
    assert.deepEqual(await eventsIn(namespace), [
      'Service web: Warning NoReadyPods: No pod behind the Service is ready; the last one was "second"',
    ]);
  });
});

function annotated(object: Named, annotations: Readonly<Record<string, string>>): Named {
  return { ...object, metadata: Object.assign({ annotations }, object.metadata) };
}

function running(images: readonly string[], name: string, namespace: string): Named {
  const containers = images.map((image, index) => ({ name: `c${index}`, image }));
  return { ...pod(name, { namespace }), spec: { containers } };
}

function service(name: string, namespace: string, selector: Readonly<Record<string, string>>): Named {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace },
    spec: { selector, ports: [{ port: 80 }] },
  };
}
