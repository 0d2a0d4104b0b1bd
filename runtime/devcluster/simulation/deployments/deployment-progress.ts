import { numberOf, textOf } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import { conditionOf, type Condition } from "../../controllers/reconciling/conditions.ts";
import { replicasOf } from "../workloads/workload-spec.ts";

/** Of all ReplicaSets of a Deployment. */
export type DeploymentCounts = Readonly<
  Record<"replicas" | "updatedReplicas" | "readyReplicas" | "availableReplicas" | "unavailableReplicas", number>
>;

export interface Progress {
  readonly condition: Condition;
  /** The condition's update time moves. */
  readonly isMoving: boolean;
  readonly lateInMs: number | undefined;
}

export interface Seen {
  readonly counts: DeploymentCounts;
  readonly newest: ApiObject | undefined;
  readonly nowMs: number;
}

/** How far a Deployment has come, or that it takes too long. */
export function progressOf(deployment: ApiObject, { counts, newest, nowMs }: Seen): Progress {
  const before = conditionOf(deployment, "Progressing");
  const subject = newest ? `ReplicaSet "${newest.metadata.name}"` : `Deployment "${deployment.metadata.name}"`;
  const progressing = (reason: string, message: string): Condition => ({
    type: "Progressing",
    status: "True",
    reason,
    message,
  });
  if (isComplete(deployment, counts)) {
    const done = progressing("NewReplicaSetAvailable", `${subject} has successfully progressed.`);
    return { condition: done, isMoving: before?.["reason"] !== done.reason, lateInMs: undefined };
  }
  const moves = hasMoved(deployment, counts) || before?.["reason"] === "NewReplicaSetAvailable" || !before;
  const deadlineMs = (numberOf(deployment["spec"], "progressDeadlineSeconds") ?? 600) * 1000;
  const sinceMs = moves ? nowMs : Date.parse(textOf(before, "lastUpdateTime") ?? "");
  const lateInMs = sinceMs + deadlineMs - nowMs;
  const wasLate = before?.["reason"] === "ProgressDeadlineExceeded";
  if (lateInMs <= 0 || (wasLate && !moves)) {
    const message = `${subject} has timed out progressing.`;
    const late: Condition = { type: "Progressing", status: "False", reason: "ProgressDeadlineExceeded", message };
    return { condition: late, isMoving: !wasLate, lateInMs: undefined };
  }
  const condition =
    counts.replicas === 0 && newest
      ? progressing("NewReplicaSetCreated", `Created new replica set "${newest.metadata.name}"`)
      : progressing("ReplicaSetUpdated", `${subject} is progressing.`);
  return { condition, isMoving: moves, lateInMs };
}

function isComplete(
  deployment: ApiObject,
  { replicas, updatedReplicas, availableReplicas }: DeploymentCounts,
): boolean {
  const desired = replicasOf(deployment);
  return updatedReplicas === desired && replicas === desired && availableReplicas === desired;
}

function hasMoved({ status }: ApiObject, counts: DeploymentCounts): boolean {
  const before = (member: string): number => numberOf(status, member) ?? 0;
  return (
    counts.updatedReplicas > before("updatedReplicas") ||
    counts.replicas - counts.updatedReplicas < before("replicas") - before("updatedReplicas") ||
    counts.readyReplicas > before("readyReplicas") ||
    counts.availableReplicas > before("availableReplicas")
  );
}
