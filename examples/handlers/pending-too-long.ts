// Looks at a pod again until it runs, and tells with a Kubernetes Event if it is pending for more than ten minutes.
// `requeueAfter` runs the handler again later, also if nothing has changed by then.
import { on } from "informd";
import { ageOf } from "./_age.ts";

const TEN_MINUTES_MS = 10 * 60_000;

export default on(
  "pods",
  { events: ["added", "updated"], changed: ["status.phase"], allow: { kube: ["create events"] } },
  async ({ object }, { kube }) => {
    if (object.status?.phase !== "Pending") return undefined;
    if (ageOf(object.metadata) < TEN_MINUTES_MS) return { requeueAfter: "1m" };
    await kube.event(object, { type: "Warning", reason: "PendingTooLong", message: "pending for ten minutes" });
    return undefined;
  },
);
