// Logs what changed when a Deployment is scaled or gets other images. `old` is what this handler saw last.
import { type ObjectOf, on } from "informd";

export default on(
  "deployments.apps",
  { events: ["updated"], changed: ["spec.replicas", "spec.template.spec.containers"] },
  ({ object, old }, { log }) => {
    const { name, namespace } = object.metadata;
    const [before, now] = [old.spec?.replicas ?? 1, object.spec?.replicas ?? 1];
    if (before !== now) log.info("deployment scaled", { name, namespace, from: before, to: now });
    const [oldImages, images] = [imagesOf(old), imagesOf(object)];
    for (const [container, image] of Object.entries(images)) {
      const from = oldImages[container];
      if (from !== image) log.info("image changed", { name, namespace, container, from, to: image });
    }
  },
);

function imagesOf(deployment: ObjectOf<"deployments.apps">): Record<string, string | undefined> {
  const containers = deployment.spec?.template.spec?.containers ?? [];
  return Object.fromEntries(containers.map(({ name, image }) => [name, image]));
}
