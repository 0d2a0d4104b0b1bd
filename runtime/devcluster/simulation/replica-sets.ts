import { numberOf } from "#kernel/json-value.ts";
import { parseKey } from "#resources/object-key.ts";
import type { ApiObject } from "../api-object.ts";
import type { ClusterClient } from "../controllers/cluster-client.ts";
import { runReconciler, type ControllerParts } from "../controllers/run-reconciler.ts";
import { nonZero, updateStatus } from "../controllers/update-status.ts";
import { recordAt } from "../record-at.ts";
import { ownedObjects, selectorOf } from "./owned-objects.ts";
import { hasEnded, isActive, isOnNode, isReady, untilAvailable } from "./pod-facts.ts";
import { podFromTemplate } from "./pod-from-template.ts";
import { podOwners } from "./pod-owners.ts";

const RESOURCE = "replicasets.apps";

/** Keeps as many pods as ReplicaSets want. */
export function startReplicaSets(parts: ControllerParts, signal: AbortSignal): void {
  const { client, clock } = parts;
  runReconciler(
    parts,
    {
      name: "replicasets",
      watches: [RESOURCE, "pods"],
      keysOf: (change) => podOwners(client, change, { resource: RESOURCE, kind: "ReplicaSet" }),
      reconcile(key) {
        const set = client.get(RESOURCE, parseKey(key));
        if (!set) return undefined;
        const pods = ownedObjects(client, set, "pods");
        if (set.metadata.deletionTimestamp === undefined) adjust(client, set, pods.filter(isActive));
        return report(client, set, clock.now());
      },
    },
    signal,
  );
}

function adjust(client: ClusterClient, set: ApiObject, active: readonly ApiObject[]): void {
  const missing = replicasOf(set) - active.length;
  for (let i = 0; i < missing; i++) client.create("pods", podFromTemplate(set));
  if (missing < 0)
    for (const pod of dispensableFirst(active).slice(0, -missing))
      client.delete("pods", pod, { gracePeriodSeconds: undefined });
}

/** The pods that are missed least come first (upstream: `ActivePodsWithRanks`). */
export function dispensableFirst(pods: readonly ApiObject[]): readonly ApiObject[] {
  return pods.toSorted(
    (a, b) =>
      Number(isOnNode(a)) - Number(isOnNode(b)) ||
      Number(isReady(a)) - Number(isReady(b)) ||
      deletionCost(a) - deletionCost(b) ||
      Number(b.metadata.resourceVersion) - Number(a.metadata.resourceVersion),
  );
}

function deletionCost({ metadata }: ApiObject): number {
  return Number(metadata.annotations?.["controller.kubernetes.io/pod-deletion-cost"] ?? 0) || 0;
}

/** Returns the milliseconds until one more pod counts as available. */
function report(client: ClusterClient, set: ApiObject, nowMs: number): number | undefined {
  const pods = client
    .list("pods", set.metadata.namespace)
    .filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === set.metadata.uid))
    .filter((pod) => isActive(pod) && !hasEnded(pod) && selectorOf(set).matches(pod.metadata.labels ?? {}));
  const waits = pods.flatMap((pod) => untilAvailable(pod, numberOf(set["spec"], "minReadySeconds") ?? 0, nowMs) ?? []);
  const soon = waits.filter((wait) => wait > 0);
  const { conditions } = recordAt(set, "status");
  updateStatus(client, RESOURCE, set, {
    replicas: pods.length,
    ...nonZero({
      fullyLabeledReplicas: pods.length,
      readyReplicas: waits.length,
      availableReplicas: waits.length - soon.length,
      observedGeneration: set.metadata.generation,
    }),
    ...(conditions !== undefined && { conditions }),
  });
  return soon.length > 0 ? Math.min(...soon) : undefined;
}

export function replicasOf(object: ApiObject): number {
  return numberOf(object["spec"], "replicas") ?? 1;
}
