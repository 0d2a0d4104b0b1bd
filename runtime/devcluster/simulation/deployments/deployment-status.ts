import type { Clock } from "#kernel/clock.ts";
import { numberOf, textOf, type JsonRecord } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import type { ClusterClient } from "../../controllers/reconciling/cluster-client.ts";
import { conditionOf, conditionsWith, type Condition } from "../../controllers/reconciling/conditions.ts";
import { nonZero, updateStatus } from "../../controllers/reconciling/update-status.ts";
import { recordAt } from "../../record-at.ts";
import { progressOf, type DeploymentCounts } from "./deployment-progress.ts";
import { newestOf } from "./deployment-revisions.ts";
import { rolloutLimits } from "./rolling-update.ts";
import { controlledBy } from "../workloads/controller-reference.ts";
import { replicasOf } from "../workloads/workload-spec.ts";
import { timestamp } from "../../timestamp.ts";

const FAILURE = "ReplicaFailure";

/** Writes what a Deployment's ReplicaSets have come to. Returns the milliseconds until it is late, if it can be. */
export function reportDeployment(client: ClusterClient, deployment: ApiObject, clock: Clock): number | undefined {
  const sets = client.list("replicasets.apps", deployment.metadata.namespace).filter(controlledBy(deployment));
  const newest = newestOf(deployment, sets);
  const counts = countAll(sets, newest);
  const progress = progressOf(deployment, { counts, newest, nowMs: clock.now() });
  const now = timestamp(clock.now());
  const failure = conditionOf(newest, FAILURE);
  const wanted = [availability(deployment, counts), progress.condition, ...failureOf(failure)];
  const conditions = conditionsWith(deployment, wanted, now)
    .filter(({ type }) => failure !== undefined || type !== FAILURE)
    .map((next) => withUpdateTime(deployment, next, { now, isProgress: progress.isMoving }));
  updateStatus(client, "deployments.apps", deployment, {
    ...nonZero({ observedGeneration: deployment.metadata.generation, ...counts }),
    conditions,
  });
  return progress.lateInMs;
}

/** The newest ReplicaSet cannot create its pods. */
function failureOf(failure: JsonRecord | undefined): readonly Condition[] {
  if (!failure) return [];
  const [reason, message] = [textOf(failure, "reason") ?? "", textOf(failure, "message") ?? ""];
  return [{ type: FAILURE, status: "True", reason, message }];
}

function countAll(sets: readonly ApiObject[], newest: ApiObject | undefined): DeploymentCounts {
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

function availability(deployment: ApiObject, { availableReplicas }: DeploymentCounts): Condition {
  const desired = replicasOf(deployment);
  const strategy = recordAt(deployment, "spec", "strategy");
  const { maxUnavailable } = rolloutLimits(desired, recordAt(strategy, "rollingUpdate"));
  const spare = strategy["type"] === "Recreate" ? 0 : maxUnavailable;
  return availableReplicas >= desired - spare
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

function withUpdateTime(
  deployment: ApiObject,
  condition: JsonRecord,
  { now, isProgress }: { readonly now: string; readonly isProgress: boolean },
): JsonRecord {
  const known = conditionOf(deployment, textOf(condition, "type") ?? "");
  const changes = known?.["status"] !== condition["status"] || known?.["reason"] !== condition["reason"];
  const moves = condition["type"] === "Progressing" && isProgress;
  const lastUpdateTime = changes || moves ? now : (known?.["lastUpdateTime"] ?? now);
  return { ...condition, lastUpdateTime };
}
