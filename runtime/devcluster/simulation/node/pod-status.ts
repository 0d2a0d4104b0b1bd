/** The statuses that a kubelet would report. */
import { numberOf, type JsonRecord } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import { conditionsWith, type Condition } from "../../controllers/reconciling/conditions.ts";
import { recordAt } from "../../record-at.ts";
import { NODE_IP } from "./cluster-node.ts";
import { containerStatuses, startedAt } from "./container-status.ts";
import { containersOf } from "../workloads/pod-facts.ts";

/** Its containers are about to start. */
export function creating(pod: ApiObject, now: string): JsonRecord {
  return {
    ...recordAt(pod, "status"),
    phase: "Pending",
    hostIP: NODE_IP,
    hostIPs: [{ ip: NODE_IP }],
    startTime: now,
    conditions: podConditions(pod, now, { ready: false, reason: "ContainersNotReady", sandbox: false }),
    containerStatuses: containerStatuses(pod, "containers", () => ({ waiting: { reason: "ContainerCreating" } })),
  };
}

/** Its containers run. */
export function running(pod: ApiObject, now: string, podIP: string): JsonRecord {
  const ended = { terminated: { exitCode: 0, reason: "Completed", startedAt: now, finishedAt: now } };
  const initContainers = containerStatuses(pod, "initContainers", () => ended);
  return {
    ...recordAt(pod, "status"),
    phase: "Running",
    podIP,
    podIPs: [{ ip: podIP }],
    conditions: podConditions(pod, now, { ready: true, sandbox: true }),
    ...(initContainers.length > 0 && { initContainerStatuses: initContainers }),
    containerStatuses: containerStatuses(pod, "containers", () => ({ running: { startedAt: now } })),
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
    containerStatuses: containerStatuses(pod, "containers", (before) => ({
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
    containerStatuses: containerStatuses(pod, "containers", () => ({ waiting })).map((status) => ({
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
