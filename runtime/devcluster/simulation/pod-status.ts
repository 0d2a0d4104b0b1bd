/** The statuses that a kubelet would report. */
import { createHash } from "node:crypto";
import { elementsOf, isRecord, numberOf, textOf, type JsonRecord } from "#kernel/json-value.ts";
import type { ApiObject } from "../api-object.ts";
import { conditionsWith, type Condition } from "../controllers/conditions.ts";
import { recordAt } from "../record-at.ts";
import { NODE_IP } from "./cluster-node.ts";
import { containersOf } from "./pod-facts.ts";

/** Its containers are about to start. */
export function creating(pod: ApiObject, now: string): JsonRecord {
  return {
    ...recordAt(pod, "status"),
    phase: "Pending",
    hostIP: NODE_IP,
    hostIPs: [{ ip: NODE_IP }],
    startTime: now,
    conditions: podConditions(pod, now, { ready: false, reason: "ContainersNotReady", sandbox: false }),
    containerStatuses: statuses(pod, "containers", () => ({ waiting: { reason: "ContainerCreating" } })),
  };
}

/** Its containers run. */
export function running(pod: ApiObject, now: string, podIP: string): JsonRecord {
  const ended = { terminated: { exitCode: 0, reason: "Completed", startedAt: now, finishedAt: now } };
  const initContainers = statuses(pod, "initContainers", () => ended);
  return {
    ...recordAt(pod, "status"),
    phase: "Running",
    podIP,
    podIPs: [{ ip: podIP }],
    conditions: podConditions(pod, now, { ready: true, sandbox: true }),
    ...(initContainers.length > 0 && { initContainerStatuses: initContainers }),
    containerStatuses: statuses(pod, "containers", () => ({ running: { startedAt: now } })),
  };
}

/** Its containers have ended, all with this code. */
export function ended(pod: ApiObject, now: string, exitCode: number): JsonRecord {
  const reason = exitCode === 0 ? "Completed" : "Error";
  const isOver = exitCode === 0;
  return {
    ...recordAt(pod, "status"),
    phase: isOver ? "Succeeded" : "Failed",
    conditions: podConditions(pod, now, {
      ready: false,
      reason: isOver ? "PodCompleted" : "PodFailed",
      sandbox: false,
    }),
    containerStatuses: statuses(pod, "containers", (before) => ({
      terminated: { exitCode, reason, startedAt: startedAt(before, now), finishedAt: now },
    })),
  };
}

/** Its containers end as soon as they start, and are started again. */
export function crashing(pod: ApiObject, now: string, podIP: string): JsonRecord {
  const waiting = { reason: "CrashLoopBackOff", message: "back-off restarting failed container" };
  return {
    ...running(pod, now, podIP),
    conditions: podConditions(pod, now, { ready: false, reason: "ContainersNotReady", sandbox: true }),
    containerStatuses: statuses(pod, "containers", () => ({ waiting })).map((status) => ({
      ...status,
      restartCount: (numberOf(status, "restartCount") ?? 0) + 1,
      lastState: { terminated: { exitCode: 1, reason: "Error", startedAt: now, finishedAt: now } },
    })),
  };
}

interface Readiness {
  readonly ready: boolean;
  readonly reason?: string;
  /** Its network is there. */
  readonly sandbox: boolean;
}

function podConditions(pod: ApiObject, now: string, { ready, reason, sandbox }: Readiness): readonly JsonRecord[] {
  const names = containersOf(pod, "containers").map(({ name }) => String(name));
  const why = ready ? {} : reasonFor(reason, names);
  const next: Condition[] = [
    { type: "PodReadyToStartContainers", status: sandbox ? "True" : "False" },
    { type: "Initialized", status: "True" },
    { type: "Ready", status: ready ? "True" : "False", ...why },
    { type: "ContainersReady", status: ready ? "True" : "False", ...why },
    { type: "PodScheduled", status: "True" },
  ];
  const probed = next.map((condition) => ({ ...condition, lastProbeTime: null }));
  return conditionsWith(pod, probed, now);
}

function reasonFor(reason: string | undefined, names: readonly string[]): Partial<Condition> {
  if (reason === undefined) return {};
  return reason === "ContainersNotReady"
    ? { reason, message: `containers with unready status: [${names.join(" ")}]` }
    : { reason };
}

function statuses(
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

function startedAt(status: JsonRecord, otherwise: string): string {
  return textOf(recordAt(status, "state", "running"), "startedAt") ?? otherwise;
}

function digestOf(image: string): string {
  return `${image.split(/[:@]/)[0] ?? image}@sha256:${hex(image)}`;
}

function hex(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
