import {
  ApiextensionsV1Api,
  AppsV1Api,
  CoordinationV1Api,
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  KubernetesObjectApi,
  PatchStrategy,
  setHeaderOptions,
  V1MicroTime,
} from "@kubernetes/client-node";
import { configMap, deployment, gadget, gadgetDefinition } from "../manifests.ts";
import type { Scenario } from "../scenario.ts";
import type { Session } from "../session.ts";
import { until } from "../stand-in-controllers.ts";

/** What programs with @kubernetes/client-node do. */
export const clientNode: Scenario = {
  name: "client-node",
  async play(session) {
    const config = new KubeConfig();
    config.loadFromFile(session.kubeconfig);
    await configMaps(session, config);
    await otherKinds(session, config);
    await anyObjects(session, config);
    await customObjects(session, config);
  },
};

const namespace = "client-node";

async function configMaps(session: Session, config: KubeConfig): Promise<void> {
  const core = config.makeApiClient(CoreV1Api);
  const at = { name: "cfg1", namespace };
  const body = configMap("cfg1", { a: "b" });
  const made = await session.call("an object is created", () => core.createNamespacedConfigMap({ namespace, body }));
  const metadata = made?.metadata ?? {};
  await session.call("it cannot be created twice", () => core.createNamespacedConfigMap({ namespace, body }), "409");
  await session.call("it is read", () => core.readNamespacedConfigMap(at));
  await session.call("objects are listed", () =>
    core.listNamespacedConfigMap({ namespace, fieldSelector: "metadata.name=cfg1" }),
  );
  await session.call("it is replaced", () =>
    core.replaceNamespacedConfigMap({ ...at, body: { metadata, data: { a: "c" } } }),
  );
  await session.call(
    "what is stale is not replaced",
    () => core.replaceNamespacedConfigMap({ ...at, body: { metadata, data: { a: "d" } } }),
    ["409", "the object has been modified"],
  );
  const patches = [
    [PatchStrategy.JsonPatch, [{ op: "add", path: "/data/json", value: "1" }]],
    [PatchStrategy.MergePatch, { data: { merge: "1", a: null } }],
    [PatchStrategy.StrategicMergePatch, { data: { strategic: "1" } }],
  ] as const;
  for (const [type, patch] of patches) {
    await session.call(`it is patched: ${type}`, () =>
      core.patchNamespacedConfigMap({ ...at, body: patch }, setHeaderOptions("Content-Type", type)),
    );
  }
  const apply = (name: string, force: boolean): ReturnType<typeof core.patchNamespacedConfigMap> =>
    core.patchNamespacedConfigMap(
      { ...at, name, body: configMap(name, { json: "2" }), fieldManager: "tester", force },
      setHeaderOptions("Content-Type", PatchStrategy.ServerSideApply),
    );
  await session.call("it is not applied against others", () => apply("cfg1", false), "409");
  await session.call("it is applied by force", () => apply("cfg1", true));
  await session.call("an apply creates", () => apply("cfg2", false));
  await session.call("an apply needs a manager", () =>
    core.patchNamespacedConfigMap(
      { ...at, body: configMap("cfg1") },
      setHeaderOptions("Content-Type", PatchStrategy.ServerSideApply),
    ),
  );
  await session.call("a name is generated", () =>
    core.createNamespacedConfigMap({ namespace, body: { metadata: { generateName: "gen-" } } }),
  );
  await session.call("it is deleted", () => core.deleteNamespacedConfigMap(at));
  await session.call("what is gone is not found", () => core.readNamespacedConfigMap(at), "404");
  await session.call("what is gone is not deleted", () => core.deleteNamespacedConfigMap(at), "404");
}

async function otherKinds(session: Session, config: KubeConfig): Promise<void> {
  const apps = config.makeApiClient(AppsV1Api);
  const at = { name: "web", namespace };
  const made = await session.call("a Deployment", () =>
    apps.createNamespacedDeployment({ namespace, body: deployment("web") }),
  );
  const { metadata = {}, spec } = made ?? {};
  await session.call("a status is replaced", () =>
    apps.replaceNamespacedDeploymentStatus({
      ...at,
      body: { metadata, ...(spec && { spec }), status: { replicas: 2, readyReplicas: 1 } },
    }),
  );
  const scale = await session.call("a scale is read", () => apps.readNamespacedDeploymentScale(at));
  await session.call("a scale is replaced", () =>
    apps.replaceNamespacedDeploymentScale({ ...at, body: { metadata: scale?.metadata ?? {}, spec: { replicas: 5 } } }),
  );
  await session.call("a Deployment is deleted", () => apps.deleteNamespacedDeployment(at));
  const coordination = config.makeApiClient(CoordinationV1Api);
  const renewTime = new V1MicroTime("2026-01-02T03:04:05.678Z");
  const holder = {
    holderIdentity: "me",
    leaseDurationSeconds: 15,
    leaseTransitions: 0,
    acquireTime: renewTime,
    renewTime,
  };
  await session.call("a lease has times of microseconds", () =>
    coordination.createNamespacedLease({ namespace, body: { metadata: { name: "lead" }, spec: holder } }),
  );
  const core = config.makeApiClient(CoreV1Api);
  await session.call("a Secret from text", () =>
    core.createNamespacedSecret({ namespace, body: { metadata: { name: "s" }, stringData: { a: "b" } } }),
  );
  await session.call("an event", () =>
    core.createNamespacedEvent({
      namespace,
      body: {
        metadata: { name: "e" },
        involvedObject: { kind: "ConfigMap", name: "cfg1", namespace },
        reason: "Test",
        message: "tested",
        type: "Normal",
      },
    }),
  );
}

async function anyObjects(session: Session, config: KubeConfig): Promise<void> {
  const objects = KubernetesObjectApi.makeApiClient(config);
  const cfg = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "any", namespace } };
  await session.call("any object is created", () => objects.create({ ...cfg, data: { a: "b" } }));
  await session.call("any object is read", () => objects.read(cfg));
  await session.call("any object is patched", () => objects.patch({ ...cfg, data: { b: "c" } }));
  await session.call("any object is deleted", () => objects.delete(cfg));
}

async function customObjects(session: Session, config: KubeConfig): Promise<void> {
  const extensions = config.makeApiClient(ApiextensionsV1Api);
  const name = "gadgets.client.example.com";
  await session.call("a definition", () => extensions.createCustomResourceDefinition({ body: gadgetDefinition() }));
  await until(async () => {
    const { status } = await extensions.readCustomResourceDefinition({ name });
    return status?.conditions?.some(({ type, status: is }) => type === "Established" && is === "True") ?? false;
  });
  const custom = config.makeApiClient(CustomObjectsApi);
  const gadgets = { group: "client.example.com", version: "v1", namespace, plural: "gadgets" };
  const at = { ...gadgets, name: "g1" };
  // The server establishes a definition a moment before it serves it.
  await until(async () => (await session.ask({ path: `/apis/client.example.com/v1/gadgets` })).code === 200);
  const made: unknown = await session.call("a custom object", () =>
    custom.createNamespacedCustomObject({ ...gadgets, body: gadget("g1") }),
  );
  await session.call("a custom object is listed", () => custom.listNamespacedCustomObject(gadgets));
  await session.call("a custom object is patched", () =>
    custom.patchNamespacedCustomObject(
      { ...at, body: { spec: { size: 3 } } },
      setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
    ),
  );
  await session.call("a stale custom object is not replaced", () =>
    custom.replaceNamespacedCustomObject({ ...at, body: made }),
  );
  await session.call("the status of a custom object", () =>
    custom.patchNamespacedCustomObjectStatus(
      { ...at, body: { status: { done: true } } },
      setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
    ),
  );
  await session.call("a custom object is deleted", () => custom.deleteNamespacedCustomObject(at));
  await session.call("a definition is deleted", () => extensions.deleteCustomResourceDefinition({ name }));
}
