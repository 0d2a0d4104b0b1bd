// Warns with a Kubernetes Event on a Service when the last pod behind it stops being ready: a join of pods with Services.
// `when` lets only those runs through, `old` tells what was so before, and `listers` has the Services beside the pods.
// npx informd dev --handlers examples/services-without-pods
// kubectl --kubeconfig .informd/kubeconfig -n demo scale deployment api --replicas=0
import { type DeletedEvent, type ObjectOf, on, type UpdatedEvent } from "informd";

type Pod = ObjectOf<"pods">;

export default on(
  "pods",
  { events: ["updated", "deleted"], when: isLost, listers: ["services"], allow: { kube: ["create events"] } },
  async ({ object }, { lister, listers, kube, log }) => {
    const { name, namespace, labels = {} } = object.metadata;
    for (const service of listers.services.list({ namespace })) {
      const selector = Object.entries(service.spec?.selector ?? {});
      if (selector.length === 0 || !selector.every(([key, value]) => labels[key] === value)) continue;
      const labelSelector = selector.map(([key, value]) => `${key}=${value}`).join(",");
      const ready = lister.list({ namespace, labelSelector }).filter(isReady).length;
      log.info("service lost a pod", { service: service.metadata.name, namespace, ready });
      if (ready > 0) continue;
      const message = `No pod behind the Service is ready; the last one was "${name}"`;
      await kube.event(service, { type: "Warning", reason: "NoReadyPods", message });
    }
  },
);

function isLost(event: UpdatedEvent<Pod> | DeletedEvent<Pod>): boolean {
  return event.type === "deleted" ? saysReady(event.object) : isReady(event.old) && !isReady(event.object);
}

function isReady(pod: Pod): boolean {
  return saysReady(pod) && pod.metadata.deletionTimestamp === undefined;
}

function saysReady({ status }: Pod): boolean {
  return status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True") ?? false;
}
