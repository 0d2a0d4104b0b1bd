// Says how crowded a new pod's namespace is, and how many pods carry the same `app` label.
import type { HandlerContext, PodAdded } from "informd";

export default function podAdded(event: PodAdded, { lister, log }: HandlerContext<"pods">) {
  const { name, namespace, labels } = event.object.metadata;
  const app = labels?.["app"];
  log.info("pod added", {
    name,
    namespace,
    images: event.object.spec?.containers.map(({ image }) => image),
    podsInNamespace: lister.count({ namespace }),
    ...(app !== undefined && { podsOfApp: lister.count({ namespace, labelSelector: `app=${app}` }) }),
  });
}
