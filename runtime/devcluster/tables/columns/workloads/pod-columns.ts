import type { JsonRecord } from "#kernel/json-value.ts";
import type { ApiObject } from "../../../api-object.ts";
import { AGE, field, NAME, NONE, text, wide, type Column } from "../../column.ts";
import { conditionOf, listAt, textAt } from "../../cells/object-fields.ts";
import { podStatus, restartsText } from "./pod-status.ts";

export const PODS: readonly Column[] = [
  NAME,
  text("Ready", (pod) => {
    const { ready, total } = podStatus(pod);
    return `${ready}/${total}`;
  }),
  text("Status", (pod) => podStatus(pod).reason),
  text("Restarts", (pod, now) => restartsText(podStatus(pod).restarts, now)),
  AGE,
  wide(text("IP", (pod) => textAt(listAt(pod, "status.podIPs")[0], "ip") || NONE)),
  wide(text("Node", field("spec.nodeName", NONE))),
  wide(text("Nominated Node", field("status.nominatedNodeName", NONE))),
  wide(text("Readiness Gates", readinessGates)),
];

/** kubectl leaves finished pods out of some lists by it. */
export function podRowConditions(pod: ApiObject): readonly JsonRecord[] | undefined {
  const phase = textAt(pod, "status.phase");
  if (phase === "Succeeded") return [completed(phase, "The pod has completed successfully.")];
  return phase === "Failed" ? [completed(phase, "The pod failed.")] : undefined;
}

function completed(reason: string, message: string): JsonRecord {
  return { type: "Completed", status: "True", reason, message };
}

function readinessGates(pod: ApiObject): string {
  const gates = listAt(pod, "spec.readinessGates");
  if (gates.length === 0) return NONE;
  const open = gates.filter((gate) => textAt(conditionOf(pod, textAt(gate, "conditionType")), "status") === "True");
  return `${open.length}/${gates.length}`;
}
