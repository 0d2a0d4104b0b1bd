import { elementsOf, fieldOf, isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import { conditionOf, isTrue } from "../../controllers/reconciling/conditions.ts";

export function phaseOf({ status }: ApiObject): string {
  return textOf(status, "phase") ?? "Pending";
}

export function hasEnded(pod: ApiObject): boolean {
  const phase = phaseOf(pod);
  return phase === "Succeeded" || phase === "Failed";
}

/** It counts towards what its controller wants (upstream: `IsPodActive`). */
export function isActive(pod: ApiObject): boolean {
  return !hasEnded(pod) && pod.metadata.deletionTimestamp === undefined;
}

export function isReady(pod: ApiObject): boolean {
  return isTrue(pod, "Ready");
}

/** Milliseconds until it has been ready for so long; 0: it has. `undefined`: it is not ready. */
export function untilAvailable(pod: ApiObject, minReadySeconds: number, nowMs: number): number | undefined {
  if (!isReady(pod)) return undefined;
  const since = Date.parse(textOf(conditionOf(pod, "Ready"), "lastTransitionTime") ?? "");
  return Math.max(0, since + minReadySeconds * 1000 - nowMs);
}

export function isOnNode(pod: ApiObject): boolean {
  return (textOf(pod["spec"], "nodeName") ?? "") !== "";
}

export function containersOf(pod: ApiObject, list: "containers" | "initContainers"): readonly JsonRecord[] {
  return elementsOf(pod["spec"], list).filter(isRecord);
}

export function restartPolicyOf({ spec }: ApiObject): string {
  return textOf(spec, "restartPolicy") ?? "Always";
}

/** Asks the simulation for something: `crash`. */
export function wishOf(pod: ApiObject): unknown {
  return fieldOf(pod.metadata.annotations, "informd.io/simulate");
}
