import type { Clock } from "#kernel/clock.ts";
import { numberOf } from "#kernel/json-value.ts";
import { parseKey } from "#resources/object-key.ts";
import type { ApiObject } from "../../api-object.ts";
import { StatusError } from "../../api-status.ts";
import type { ClusterClient } from "../../controllers/reconciling/cluster-client.ts";
import { conditionsWith, timestampAt, type Condition } from "../../controllers/reconciling/conditions.ts";
import { runReconciler, type ControllerParts } from "../../controllers/reconciling/run-reconciler.ts";
import { nonZero, updateStatus } from "../../controllers/reconciling/update-status.ts";
import { ownedObjects, selectorOf, selectsItsPods } from "../workloads/owned-objects.ts";
import { hasEnded, isActive, isOnNode, isReady, untilAvailable } from "../workloads/pod-facts.ts";
import { podFromTemplate } from "../workloads/pod-from-template.ts";
import { podOwners } from "../workloads/pod-owners.ts";
import { PodRefusals, type PodRefusal } from "./pod-refusals.ts";

const RESOURCE = "replicasets.apps";

/** Keeps as many pods as ReplicaSets want. */
export function startReplicaSets(parts: ControllerParts, signal: AbortSignal): void {
  const { client, clock } = parts;
  const refusals = new PodRefusals(clock);
  runReconciler(
    parts,
    {
      name: "replicasets",
      mayBeRefused: true,
      watches: [RESOURCE, "pods"],
      keysOf(change) {
        if (change.storage === RESOURCE && change.type === "DELETED") refusals.forget(change.object);
        return podOwners(client, change, { resource: RESOURCE, kind: "ReplicaSet" });
      },
      reconcile(key) {
        const set = client.get(RESOURCE, parseKey(key));
        if (!set || !selectsItsPods(set)) return undefined;
        const pods = ownedObjects(client, set, "pods");
        const isEnding = set.metadata.deletionTimestamp !== undefined;
        const refusal = isEnding ? undefined : refusals.latest(set, () => adjust(client, set, pods.filter(isActive)));
        return report(client, set, { refusal, clock });
      },
    },
    signal,
  );
}

/** Returns why a pod cannot be created. */
function adjust(client: ClusterClient, set: ApiObject, active: readonly ApiObject[]): string | undefined {
  const missing = replicasOf(set) - active.length;
  if (missing < 0)
    for (const pod of dispensableFirst(active).slice(0, -missing))
      client.delete("pods", pod, { gracePeriodSeconds: undefined });
  try {
    for (let i = 0; i < missing; i++) client.create("pods", podFromTemplate(set));
    return undefined;
  } catch (error) {
    if (error instanceof StatusError && !isEndingNamespace(client, set)) return error.message;
    throw error;
  }
}

function isEndingNamespace(client: ClusterClient, { metadata: { namespace = "" } }: ApiObject): boolean {
  return client.get("namespaces", { namespace: "", name: namespace })?.metadata.deletionTimestamp !== undefined;
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

interface Outcome {
  readonly refusal: PodRefusal | undefined;
  readonly clock: Clock;
}

/** Returns the milliseconds until one more pod counts as available, or until a failure is worth another attempt. */
function report(client: ClusterClient, set: ApiObject, { refusal, clock }: Outcome): number | undefined {
  const pods = client
    .list("pods", set.metadata.namespace)
    .filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === set.metadata.uid))
    .filter((pod) => isActive(pod) && !hasEnded(pod) && selectorOf(set).matches(pod.metadata.labels ?? {}));
  const waits = pods.flatMap(
    (pod) => untilAvailable(pod, numberOf(set["spec"], "minReadySeconds") ?? 0, clock.now()) ?? [],
  );
  const soon = waits.filter((wait) => wait > 0);
  const conditions = refusal ? conditionsWith(set, [replicaFailure(refusal)], timestampAt(clock)) : [];
  updateStatus(client, RESOURCE, set, {
    replicas: pods.length,
    ...nonZero({
      fullyLabeledReplicas: pods.length,
      readyReplicas: waits.length,
      availableReplicas: waits.length - soon.length,
      observedGeneration: set.metadata.generation,
    }),
    ...(conditions.length > 0 && { conditions }),
  });
  if (refusal) return refusal.againMs;
  return soon.length > 0 ? Math.min(...soon) : undefined;
}

function replicaFailure({ message }: PodRefusal): Condition {
  return { type: "ReplicaFailure", status: "True", reason: "FailedCreate", message };
}

export function replicasOf(object: ApiObject): number {
  return numberOf(object["spec"], "replicas") ?? 1;
}
