import { elementsOf, fieldOf, numberOf, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { recordAt } from "../../record-at.ts";
import type { KindRules } from "../kind-rules.ts";
import { withPriority } from "./pod-priority.ts";
import { qualityOfService } from "./pod-quality-of-service.ts";
import { withDefaultTolerations } from "./pod-tolerations.ts";

const ENDED: ReadonlySet<unknown> = new Set(["Succeeded", "Failed"]);

export const podRules: KindRules = {
  prepareCreate(pod, { store, now }) {
    const spec = withPriority(pod, withDefaultTolerations(recordAt(pod, "spec")), store);
    const isGated = elementsOf(spec, "schedulingGates").length > 0;
    const status = { phase: "Pending", qosClass: qualityOfService(spec), ...(isGated && { conditions: [gated(now)] }) };
    return { ...pod, spec, status };
  },
  gracePeriodSeconds(pod, asked) {
    const period = asked ?? numberOf(pod["spec"], "terminationGracePeriodSeconds") ?? 30;
    // Nothing runs that could end in peace.
    if (!textOf(pod["spec"], "nodeName") || ENDED.has(fieldOf(pod["status"], "phase"))) return 0;
    return period < 0 ? 1 : period;
  },
};

function gated(now: string): JsonRecord {
  return {
    type: "PodScheduled",
    status: "False",
    lastProbeTime: null,
    lastTransitionTime: now,
    reason: "SchedulingGated",
    message: "Scheduling is blocked due to non-empty scheduling gates",
  };
}
