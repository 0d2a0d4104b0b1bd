import { createHash } from "node:crypto";
import { elementsOf, isRecord, numberOf, textOf, type JsonRecord } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import { recordAt } from "../../record-at.ts";
import { containersOf } from "../workloads/pod-facts.ts";

/** The statuses of a pod's containers, each in the state that follows from its status before. */
export function containerStatuses(
  pod: ApiObject,
  list: "containers" | "initContainers",
  stateAfter: (before: JsonRecord) => JsonRecord,
): readonly JsonRecord[] {
  const before = elementsOf(pod["status"], list === "containers" ? "containerStatuses" : "initContainerStatuses");
  return containersOf(pod, list).map((container) => {
    const name = textOf(container, "name") ?? "";
    const found = before.find((status) => textOf(status, "name") === name);
    const known = isRecord(found) ? found : {};
    const state = stateAfter(known);
    const hasStarted = state["waiting"] === undefined;
    return {
      name,
      state,
      lastState: recordAt(known, "lastState"),
      ready: state["running"] !== undefined || (list === "initContainers" && hasStarted),
      restartCount: numberOf(known, "restartCount") ?? 0,
      image: textOf(container, "image") ?? "",
      imageID: hasStarted ? digestOf(textOf(container, "image") ?? "") : "",
      ...(hasStarted && { containerID: `simulated://${hex(`${pod.metadata.uid}/${name}`)}` }),
      started: state["running"] !== undefined,
    };
  });
}

/** When the container started that is running now. */
export function startedAt(status: JsonRecord, otherwise: string): string {
  return textOf(recordAt(status, "state", "running"), "startedAt") ?? otherwise;
}

function digestOf(image: string): string {
  return `${image.split(/[:@]/)[0] ?? image}@sha256:${hex(image)}`;
}

function hex(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
