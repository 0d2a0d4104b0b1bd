import type { Clock } from "#kernel/clock.ts";
import { numberOf, type JsonRecord } from "#kernel/json-value.ts";
import { parseKey } from "#resources/object-key.ts";
import type { ApiObject } from "../../api-object.ts";
import type { ClusterClient } from "../../controllers/reconciling/cluster-client.ts";
import { conditionOf } from "../../controllers/reconciling/conditions.ts";
import { refusalOf } from "../../controllers/reconciling/refusals.ts";
import { runReconciler, type ControllerParts } from "../../controllers/reconciling/run-reconciler.ts";
import { nonZero, updateStatus } from "../../controllers/reconciling/update-status.ts";
import { ownedObjects } from "../workloads/owned-objects.ts";
import { isActive, isOnNode, isReady, untilAvailable } from "../workloads/pod-facts.ts";
import { podFromTemplate } from "../workloads/pod-from-template.ts";
import { podOwners } from "../workloads/pod-owners.ts";
import { replicasOf, selectsItsPods } from "../workloads/workload-spec.ts";
import { timestamp } from "../../timestamp.ts";

const RESOURCE = "replicasets.apps";
const FAILURE = "ReplicaFailure";
/** Another attempt at pods that were refused. */
const RETRY_MS = 10_000;

/** Keeps as many pods as ReplicaSets want. */
export function startReplicaSets(parts: ControllerParts, signal: AbortSignal): void {
  const { client, clock } = parts;
  runReconciler(
    parts,
    {
      name: "replicasets",
      mayBeRefused: true,
      watches: [RESOURCE, "pods"],
      keysOf: (change) => podOwners(client, change, { resource: RESOURCE, kind: "ReplicaSet" }),
      reconcile(key) {
        const set = client.get(RESOURCE, parseKey(key));
        if (!set || !selectsItsPods(set)) return undefined;
        const pods = ownedObjects(client, set, "pods");
        const isEnding = set.metadata.deletionTimestamp !== undefined;
        const refusal = isEnding ? undefined : adjust(client, set, pods.filter(isActive));
        return report(client, set, { refusal, clock });
      },
    },
    signal,
  );
}

/** Returns why a pod cannot be created. */
function adjust(client: ClusterClient, set: ApiObject, active: readonly ApiObject[]): string | undefined {
  const missing = replicasOf(set) - active.length;
  const surplus = missing < 0 ? dispensableFirst(active).slice(0, -missing) : [];
  for (const pod of surplus) client.delete("pods", pod);
  return refusalOf(() => {
    for (let i = 0; i < missing; i++) client.create("pods", podFromTemplate(set));
  });
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
  /** Why a pod could not be created. */
  readonly refusal: string | undefined;
  readonly clock: Clock;
}

/** Returns the milliseconds until one more pod counts as available, or until a failure is worth another attempt. */
function report(client: ClusterClient, set: ApiObject, { refusal, clock }: Outcome): number | undefined {
  const pods = ownedObjects(client, set, "pods").filter(isActive);
  const minReadySeconds = numberOf(set["spec"], "minReadySeconds") ?? 0;
  const waits = pods.flatMap((pod) => untilAvailable(pod, minReadySeconds, clock.now()) ?? []);
  const soon = waits.filter((wait) => wait > 0);
  updateStatus(client, RESOURCE, set, {
    replicas: pods.length,
    ...nonZero({
      fullyLabeledReplicas: pods.length,
      readyReplicas: waits.length,
      availableReplicas: waits.length - soon.length,
      observedGeneration: set.metadata.generation,
    }),
    ...(refusal !== undefined && { conditions: [failure(set, refusal, timestamp(clock.now()))] }),
  });
  if (refusal !== undefined) return RETRY_MS;
  return soon.length > 0 ? Math.min(...soon) : undefined;
}

/** The first one stays: a message can name the pod, which is another one each time, and each write would be an attempt. */
function failure(set: ApiObject, message: string, lastTransitionTime: string): JsonRecord {
  const first = { type: FAILURE, status: "True", reason: "FailedCreate", message, lastTransitionTime };
  return conditionOf(set, FAILURE) ?? first;
}
