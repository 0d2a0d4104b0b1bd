/**
 * Rolls Deployments out through ReplicaSets. Simpler than upstream: a change of replicas in the middle of a rollout goes to
 * the newest ReplicaSet, not to all in proportion.
 */
import { formatKey, parseKey } from "#resources/object-key.ts";
import type { ClusterClient } from "../../controllers/reconciling/cluster-client.ts";
import { runReconciler, type ControllerParts, type Observed } from "../../controllers/reconciling/run-reconciler.ts";
import { revisionOf } from "./revision-annotations.ts";
import { advanceRollout } from "./deployment-rollout.ts";
import { reportDeployment } from "./deployment-status.ts";
import { ownedObjects } from "../workloads/owned-objects.ts";
import { podOwners } from "../workloads/pod-owners.ts";
import { selectsItsPods } from "../workloads/workload-spec.ts";
import { controllerOf } from "../workloads/controller-reference.ts";

const RESOURCE = "deployments.apps";
const REPLICA_SETS = "replicasets.apps";

export function startDeployments(parts: ControllerParts, signal: AbortSignal): void {
  const { client, clock } = parts;
  runReconciler(
    parts,
    {
      name: "deployments",
      mayBeRefused: true,
      watches: [RESOURCE, REPLICA_SETS, "pods"],
      keysOf: (change) =>
        change.storage === "pods"
          ? waitingForEnd(client, change)
          : podOwners(client, change, { resource: RESOURCE, kind: "Deployment" }),
      reconcile(key) {
        const deployment = client.get(RESOURCE, parseKey(key));
        if (!deployment || !selectsItsPods(deployment)) return undefined;
        const sets = ownedObjects(client, deployment, REPLICA_SETS).toSorted((a, b) => revisionOf(a) - revisionOf(b));
        const isEnding = deployment.metadata.deletionTimestamp !== undefined;
        const current = isEnding ? deployment : advanceRollout(client, deployment, sets);
        return reportDeployment(client, current, clock);
      },
    },
    signal,
  );
}

/** A Deployment that is recreated goes on when a pod has ended. */
function waitingForEnd(client: ClusterClient, { type, object }: Observed): readonly string[] {
  const controller = type === "DELETED" ? controllerOf(object) : undefined;
  if (controller?.kind !== "ReplicaSet") return [];
  const namespace = object.metadata.namespace ?? "";
  const set = client.get(REPLICA_SETS, { namespace, name: controller.name });
  const deployment = set && controllerOf(set);
  return deployment ? [formatKey({ namespace, name: deployment.name })] : [];
}
