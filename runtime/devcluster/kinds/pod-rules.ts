import { elementsOf, fieldOf, numberOf, textOf } from "#kernel/json-value.ts";
import type { ApiObject } from "../api-object.ts";
import { recordAt } from "../record-at.ts";
import type { KindRules } from "./kind-rules.ts";
import { withPriority } from "./pod-priority.ts";
import { qualityOfService } from "./pod-quality-of-service.ts";
import { withDefaultTolerations } from "./pod-tolerations.ts";

const ENDED: ReadonlySet<unknown> = new Set(["Succeeded", "Failed"]);

export const podRules: KindRules = {
  prepareCreate(pod, { store }) {
    const spec = withPriority(pod, withDefaultTolerations(recordAt(pod, "spec")), store);
    return { ...pod, spec, status: { phase: "Pending", qosClass: qualityOfService(spec) } };
  },
  prepareUpdate: (pod, before, subresource, { now }) => (subresource === "binding" ? bound(pod, before, now) : pod),
  gracePeriodSeconds(pod, asked) {
    const period = asked ?? numberOf(pod["spec"], "terminationGracePeriodSeconds") ?? 30;
    // Nothing runs that could end in peace.
    if (!textOf(pod["spec"], "nodeName") || ENDED.has(fieldOf(pod["status"], "phase"))) return 0;
    return period < 0 ? 1 : period;
  },
};

/** Only the scheduler gives a pod its node, through the subresource. */
function bound(pod: ApiObject, before: ApiObject, now: string): ApiObject {
  const status = recordAt(before, "status");
  const others = elementsOf(status, "conditions").filter((condition) => textOf(condition, "type") !== "PodScheduled");
  const scheduled = { type: "PodScheduled", status: "True", lastProbeTime: null, lastTransitionTime: now };
  return {
    ...before,
    spec: { ...recordAt(before, "spec"), nodeName: textOf(pod["spec"], "nodeName") },
    status: { ...status, conditions: [...others, scheduled] },
  };
}
