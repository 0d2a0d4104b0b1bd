/** Checked by the compiler: `npm run check:types`. */
import { KubeConfig } from "@kubernetes/client-node";
import {
  type ApiResource,
  clusterConfigFrom,
  createCluster,
  type KubernetesObject,
  labelSelectorOf,
  type ObjectOf,
  parseLabelSelector,
  parseObject,
  type RawObject,
  type SharedInformer,
  SharedInformerFactory,
  type SyncResult,
} from "informd";
import { expectSameType } from "../support/expect-same-type.ts";

export function aClusterIsWhatAFactoryNeeds(resource: ApiResource): SharedInformer {
  const cluster = createCluster({ config: clusterConfigFrom(new KubeConfig()), environment: process.env });
  const factory = new SharedInformerFactory(cluster, { resyncMs: 30_000 });
  expectSameType<Awaited<ReturnType<typeof factory.waitForCacheSync>>, SyncResult>();
  // @ts-expect-error: a name is not enough, discovery says what it means
  factory.informer({ resource: "pods" });
  return factory.informer({ resource, namespaces: ["prod"] });
}

export function anEventHandlerChoosesTheTypeOfItsObjects(informer: SharedInformer): void {
  informer.addEventHandler({ onAdd: ({ object }) => expectSameType<typeof object, KubernetesObject>() });
  informer.addEventHandler<ObjectOf<"pods">>({
    onAdd: ({ object, isInInitialList }) => [object.spec?.nodeName, isInInitialList],
    onUpdate: ({ old, object }) => expectSameType<typeof old, typeof object>(),
    onDelete: ({ finalStateUnknown }) => expectSameType<typeof finalStateUnknown, boolean>(),
  });
  informer.addEventHandler<ObjectOf<"pods">>({
    // @ts-expect-error: pods have no such field
    onAdd: ({ object }) => object.spec?.replicas,
  });
  // @ts-expect-error: there is no such event
  informer.addEventHandler({ onChange: () => {} });
}

export function aListerGivesTheBytesOfObjects({ lister }: SharedInformer): void {
  expectSameType<ReturnType<typeof lister.get>, RawObject>();
  const selector = parseLabelSelector("app in (web, api)");
  const parsed = lister.list({ namespace: "prod", selector, limit: 10 }).map(parseObject);
  expectSameType<typeof parsed, unknown[]>();
  lister.count({ selector: labelSelectorOf({ matchLabels: { app: "web" } }) });
}
