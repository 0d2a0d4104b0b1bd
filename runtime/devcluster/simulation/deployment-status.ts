import type { Clock } from "#kernel/clock.ts";
import { elementsOf, isRecord, numberOf, textOf, type JsonRecord } from "#kernel/json-value.ts";
import type { ApiObject } from "../api-object.ts";
import type { ClusterClient } from "../controllers/cluster-client.ts";
import { conditionOf, conditionsWith, timestampAt, type Condition } from "../controllers/conditions.ts";
import { nonZero, updateStatus } from "../controllers/update-status.ts";
import { recordAt } from "../record-at.ts";
import { newestOf } from "./deployment-revisions.ts";
import { controlledBy } from "./pod-facts.ts";
import { replicasOf } from "./replica-sets.ts";
import { rolloutLimits } from "./roll-out.ts";

/** Writes what a Deployment's ReplicaSets have come to. Returns the milliseconds until it is late, if it can be. */
export function reportDeployment(client: ClusterClient, deployment: ApiObject, clock: Clock): number | undefined {
  const sets = client.list("replicasets.apps", deployment.metadata.namespace).filter(controlledBy(deployment));
  const newest = newestOf(deployment, sets);
  const counts = countAll(sets, newest);
  const progress = progressOf(deployment, { counts, newest, nowMs: clock.now() });
  const now = timestampAt(clock);
  const conditions = conditionsWith(deployment, [availability(deployment, counts), progress.condition], now).map(
    (next) => withUpdateTime(deployment, next, { now, isProgress: progress.isMoving }),
  );
  updateStatus(client, "deployments.apps", deployment, {
    ...nonZero({ observedGeneration: deployment.metadata.generation, ...counts }),
    conditions,
    ...keptCount(deployment),
  });
  return progress.lateInMs;
}

type Counts = Readonly<
  Record<"replicas" | "updatedReplicas" | "readyReplicas" | "availableReplicas" | "unavailableReplicas", number>
>;

function countAll(sets: readonly ApiObject[], newest: ApiObject | undefined): Counts {
  const sum = (member: string): number =>
    sets.reduce((total, { status }) => total + (numberOf(status, member) ?? 0), 0);
  const available = sum("availableReplicas");
  const wanted = sets.reduce((total, set) => total + replicasOf(set), 0);
  return {
    replicas: sum("replicas"),
    updatedReplicas: numberOf(newest?.["status"], "replicas") ?? 0,
    readyReplicas: sum("readyReplicas"),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, wanted - available),
  };
}

function availability(deployment: ApiObject, { availableReplicas }: Counts): Condition {
  const desired = replicasOf(deployment);
  const { maxUnavailable } = rolloutLimits(desired, recordAt(deployment, "spec", "strategy", "rollingUpdate"));
  return availableReplicas >= desired - maxUnavailable
    ? {
        type: "Available",
        status: "True",
        reason: "MinimumReplicasAvailable",
        message: "Deployment has minimum availability.",
      }
    : {
        type: "Available",
        status: "False",
        reason: "MinimumReplicasUnavailable",
        message: "Deployment does not have minimum availability.",
      };
}

interface Progress {
  readonly condition: Condition;
  /** The condition's update time moves. */
  readonly isMoving: boolean;
  readonly lateInMs: number | undefined;
}

interface Seen {
  readonly counts: Counts;
  readonly newest: ApiObject | undefined;
  readonly nowMs: number;
}

function progressOf(deployment: ApiObject, { counts, newest, nowMs }: Seen): Progress {
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
  if (lateInMs <= 0) {
    const message = `${subject} has timed out progressing.`;
    const late: Condition = { type: "Progressing", status: "False", reason: "ProgressDeadlineExceeded", message };
    return { condition: late, isMoving: before?.["reason"] !== late.reason, lateInMs: undefined };
  }
  const condition =
    counts.replicas === 0 && newest
      ? progressing("NewReplicaSetCreated", `Created new replica set "${newest.metadata.name}"`)
      : progressing("ReplicaSetUpdated", `${subject} is progressing.`);
  return { condition, isMoving: moves, lateInMs };
}

function isComplete(deployment: ApiObject, { replicas, updatedReplicas, availableReplicas }: Counts): boolean {
  const desired = replicasOf(deployment);
  return updatedReplicas === desired && replicas === desired && availableReplicas === desired;
}

function hasMoved({ status }: ApiObject, counts: Counts): boolean {
  const before = (member: string): number => numberOf(status, member) ?? 0;
  return (
    counts.updatedReplicas > before("updatedReplicas") ||
    counts.replicas - counts.updatedReplicas < before("replicas") - before("updatedReplicas") ||
    counts.readyReplicas > before("readyReplicas") ||
    counts.availableReplicas > before("availableReplicas")
  );
}

function withUpdateTime(
  deployment: ApiObject,
  condition: JsonRecord,
  { now, isProgress }: { readonly now: string; readonly isProgress: boolean },
): JsonRecord {
  const known = elementsOf(recordAt(deployment, "status"), "conditions")
    .filter(isRecord)
    .find(({ type }) => type === condition["type"]);
  const changes = known?.["status"] !== condition["status"] || known?.["reason"] !== condition["reason"];
  const moves = condition["type"] === "Progressing" && isProgress;
  const lastUpdateTime = changes || moves ? now : (known?.["lastUpdateTime"] ?? now);
  return { ...condition, lastUpdateTime };
}

function keptCount(deployment: ApiObject): JsonRecord {
  const { collisionCount } = recordAt(deployment, "status");
  return collisionCount === undefined ? {} : { collisionCount };
}
