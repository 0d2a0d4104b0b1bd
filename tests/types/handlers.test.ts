/** Checked by the compiler: `npm run check:types`. */
import type { V1ConfigMap, V1Deployment, V1Node, V1Pod } from "@kubernetes/client-node";
import {
  type AddedEvent,
  type DeletedEvent,
  type DeploymentUpdated,
  type HandlerContext,
  type NodeDeleted,
  on,
  type PodAdded,
  type PodChanged,
  type PodUnselected,
  type UpdatedEvent,
  type Wire,
  type WireObject,
} from "informd";
import { expectSameType } from "../support/expect-same-type.ts";

type Pod = Wire<V1Pod>;
type Deployment = Wire<V1Deployment>;

interface Widget {
  metadata: { name: string; namespace: string };
  spec: { size: number };
}

declare module "informd" {
  interface Resources {
    "widgets.example.com": Widget;
  }
}

export const theResourceNameGivesTheObject = [
  on("pods", (event) => expectSameType<typeof event.object, Pod>()),
  on("po", (event) => expectSameType<typeof event.object, Pod>()),
  on("Pod", (event) => expectSameType<typeof event.object, Pod>()),
  on("deployments", (event) => expectSameType<typeof event.object, Deployment>()),
  on("deploy", (event) => expectSameType<typeof event.object, Deployment>()),
  on("deployments.apps", (event) => expectSameType<typeof event.object, Deployment>()),
  on("deployments.v1.apps", (event) => expectSameType<typeof event.object, Deployment>()),
  on("widgets.example.com", (event) => expectSameType<typeof event.object, Widget>()),
  on("certificates.cert-manager.io", (event) => expectSameType<typeof event.object, WireObject>()),
];

export const withoutOptionsAnEventIsAddedUpdatedOrDeleted = on("pods", (event) => {
  expectSameType<typeof event.type, "added" | "updated" | "deleted">();
  // @ts-expect-error: only an update has it
  void event.old;
  if (event.type === "updated") expectSameType<typeof event.old, Pod>();
  if (event.type === "deleted") expectSameType<typeof event.finalStateUnknown, boolean>();
});

export const eventsNarrowTheEvent = [
  on("pods", { events: ["updated"] }, (event) => expectSameType<typeof event.old, Pod>()),
  on("pods", { events: ["updated", "unselected"] }, (event) => expectSameType<typeof event.old, Pod>()),
  on("pods", { events: ["added", "deleted"] }, (event) => {
    expectSameType<typeof event, AddedEvent<Pod> | DeletedEvent<Pod>>();
  }),
  on("pods", { timeout: "5s" }, (event) => {
    expectSameType<typeof event.type, "added" | "updated" | "deleted">();
  }),
];

export const whenSeesTheSameEventAsTheHandler = on(
  "deployments.apps",
  { events: ["updated"], when: ({ old, object }) => old.spec?.replicas !== object.spec?.replicas },
  (event) => expectSameType<typeof event, UpdatedEvent<Deployment>>(),
);

export const listersAreTypedByTheirOption = [
  on("pods", { listers: ["nodes"] }, (_event, { lister, listers }) => {
    expectSameType<ReturnType<typeof lister.get>, Pod | undefined>();
    expectSameType<ReturnType<typeof listers.nodes.get>, Wire<V1Node, false> | undefined>();
    // @ts-expect-error: not in the option
    void listers.configmaps;
  }),
  on("pods", { listers: { settings: { resource: "cm", labelSelector: "app=web" } } }, (_event, { listers }) => {
    expectSameType<ReturnType<typeof listers.settings.get>, Wire<V1ConfigMap> | undefined>();
  }),
];

export const aProjectionMayLackEverything = on("pods", (_event, { lister }) => {
  const [pod] = lister.list({ fields: ["spec.nodeName"] });
  expectSameType<NonNullable<NonNullable<typeof pod>["metadata"]>["name"], string | undefined>();
  expectSameType<ReturnType<typeof lister.count>, number>();
});

export const kubeIsTypedByResource = on("pods", async (_event, { kube }) => {
  const node = await kube.get("nodes", { name: "worker-1" });
  expectSameType<typeof node, Wire<V1Node, false>>();
  const configs = await kube.list("configmaps", { labelSelector: "app=web", limit: 5 });
  expectSameType<typeof configs, Wire<V1ConfigMap>[]>();
  // @ts-expect-error: a name is needed
  await kube.delete("pods", {});
  // @ts-expect-error: there is no such patch type
  await kube.patch("pods", { name: "a" }, {}, { type: "apply" });
});

export const whatDoesNotFitDoesNotCompile = [
  // @ts-expect-error: there is no such event
  on("pods", { events: ["update"] }, () => {}),
  // @ts-expect-error: there is no such option
  on("pods", { timout: "5s" }, () => {}),
  // @ts-expect-error: there is no such outcome
  on("pods", () => ({ requeue: "5m" })),
  on("pods", () => ({ requeueAfter: "5m" })),
  on("pods", async ({ object }) => (object.spec?.nodeName === undefined ? { requeueAfter: 500 } : undefined)),
];

export function plainFunctionsNameTheirEvent(
  added: PodAdded,
  changed: PodChanged,
  updated: DeploymentUpdated,
  unselected: PodUnselected,
  deleted: NodeDeleted,
  { lister, log, signal, env }: HandlerContext<"pods">,
): void {
  expectSameType<typeof added, AddedEvent<Pod>>();
  expectSameType<typeof changed.type, "added" | "updated" | "deleted">();
  expectSameType<typeof updated.old, Deployment>();
  expectSameType<typeof unselected.old, Pod>();
  expectSameType<typeof deleted.object, Wire<V1Node, false>>();
  expectSameType<ReturnType<typeof lister.byIndex>, Pod[]>();
  expectSameType<typeof signal, AbortSignal>();
  expectSameType<(typeof env)["TOKEN"], string | undefined>();
  log.info("pod added", { name: added.object.metadata.name });
}

export function aContextWithoutAResourceListsUntypedObjects({ lister, listers }: HandlerContext): void {
  expectSameType<ReturnType<typeof lister.get>, WireObject | undefined>();
  expectSameType<ReturnType<NonNullable<(typeof listers)["web"]>["get"]>, WireObject | undefined>();
}
