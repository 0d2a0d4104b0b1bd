// Tells each change of a Deployment's replicas with a Kubernetes Event, which `kubectl describe` shows; to zero is a warning.
// `changed` is decided before the handler is woken, and `old` is what it saw last. The sample activity scales something soon.
// npx informd dev --handlers examples/replica-alert
import { on } from "informd";

export default on(
  "deployments.apps",
  { events: ["updated"], changed: ["spec.replicas"], allow: { kube: ["create events"] } },
  async ({ object, old }, { kube, log }) => {
    const [from, to] = [old.spec?.replicas ?? 1, object.spec?.replicas ?? 1];
    log.info("replicas changed", { name: object.metadata.name, from, to });
    await kube.event(object, {
      type: to === 0 ? "Warning" : "Normal",
      reason: "ReplicasChanged",
      message: `Replicas changed from ${from} to ${to}`,
    });
  },
);
