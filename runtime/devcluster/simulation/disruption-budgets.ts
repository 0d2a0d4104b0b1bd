/** Says how many pods a PodDisruptionBudget can spare, so that evictions are allowed or not. */
import { isRecord, numberOf, type JsonRecord } from "#kernel/json-value.ts";
import { labelSelectorOf } from "#resources/label-selector.ts";
import { parseKey } from "#resources/object-key.ts";
import { keyOf, type ApiObject } from "../api-object.ts";
import type { ClusterClient } from "../controllers/reconciling/cluster-client.ts";
import { conditionsWith, type Condition } from "../controllers/reconciling/conditions.ts";
import { runReconciler, type ControllerParts } from "../controllers/reconciling/run-reconciler.ts";
import { updateStatus } from "../controllers/reconciling/update-status.ts";
import { recordAt } from "../record-at.ts";
import { hasEnded, isActive, isReady } from "./workloads/pod-facts.ts";
import { scaledValue } from "./workloads/scaled-value.ts";
import { controllerOf } from "./workloads/controller-reference.ts";
import { replicasOf } from "./workloads/workload-spec.ts";
import { timestamp } from "../timestamp.ts";

const RESOURCE = "poddisruptionbudgets.policy";
/** Where the number that there should be is written. */
const SCALED: Readonly<Record<string, string>> = { ReplicaSet: "replicasets.apps", StatefulSet: "statefulsets.apps" };

export function startDisruptionBudgets(parts: ControllerParts, signal: AbortSignal): void {
  const { client, clock } = parts;
  runReconciler(
    parts,
    {
      name: "disruption-budgets",
      watches: [RESOURCE, "pods"],
      keysOf({ storage, type, object, previous }) {
        if (storage === RESOURCE) return type === "DELETED" ? [] : [keyOf(object)];
        return client
          .list(RESOURCE, object.metadata.namespace)
          .filter((budget) => covers(budget, object) || (previous && covers(budget, previous)))
          .map(keyOf);
      },
      reconcile(key) {
        const budget = client.get(RESOURCE, parseKey(key));
        if (budget) updateStatus(client, RESOURCE, budget, statusOf(client, budget, timestamp(clock.now())));
        return undefined;
      },
    },
    signal,
  );
}

function statusOf(client: ClusterClient, budget: ApiObject, now: string): JsonRecord {
  const pods = client.list("pods", budget.metadata.namespace).filter((pod) => covers(budget, pod) && !hasEnded(pod));
  const expected = expectedPods(client, budget, pods);
  const desired = desiredPods(budget, expected);
  const disrupted = stillDisrupted(budget, pods);
  const healthy = pods.filter((pod) => isActive(pod) && isReady(pod) && !(pod.metadata.name in disrupted)).length;
  const allowed = pods.length === 0 ? 0 : Math.max(0, healthy - desired);
  return {
    ...(Object.keys(disrupted).length > 0 && { disruptedPods: disrupted }),
    observedGeneration: budget.metadata.generation,
    disruptionsAllowed: allowed,
    currentHealthy: healthy,
    desiredHealthy: desired,
    expectedPods: expected,
    conditions: conditionsWith(budget, [allowance(budget, allowed)], now),
  };
}

function covers(budget: ApiObject, { metadata }: ApiObject): boolean {
  const { selector } = recordAt(budget, "spec");
  return isRecord(selector) && labelSelectorOf(selector).matches(metadata.labels ?? {});
}

/** Shares are of what there should be, which the pods' controllers know. */
function expectedPods(client: ClusterClient, { spec }: ApiObject, pods: readonly ApiObject[]): number {
  if (numberOf(spec, "minAvailable") !== undefined) return pods.length;
  const controllers = new Map(
    pods.flatMap((pod) => {
      const reference = controllerOf(pod);
      return reference ? [[reference.uid, { reference, namespace: pod.metadata.namespace ?? "" }]] : [];
    }),
  );
  return [...controllers.values()].reduce((sum, { reference, namespace }) => {
    const owner = client.get(SCALED[reference.kind] ?? "", { namespace, name: reference.name });
    return sum + (owner ? replicasOf(owner) : 0);
  }, 0);
}

function desiredPods({ spec }: ApiObject, expected: number): number {
  const { maxUnavailable, minAvailable } = recordAt({ spec }, "spec");
  if (maxUnavailable !== undefined) return Math.max(0, expected - scaledValue(maxUnavailable, expected, Math.ceil));
  return scaledValue(minAvailable, expected, Math.ceil);
}

/** Pods that an eviction has taken out of the budget and that are on their way. */
function stillDisrupted(budget: ApiObject, pods: readonly ApiObject[]): JsonRecord {
  const disrupted = Object.entries(recordAt(budget, "status", "disruptedPods"));
  const waiting = new Set(pods.filter(isActive).map(({ metadata }) => metadata.name));
  return Object.fromEntries(disrupted.filter(([name]) => waiting.has(name)));
}

function allowance(budget: ApiObject, allowed: number): Condition {
  const observedGeneration = budget.metadata.generation;
  return allowed > 0
    ? { type: "DisruptionAllowed", status: "True", reason: "SufficientPods", message: "", observedGeneration }
    : { type: "DisruptionAllowed", status: "False", reason: "InsufficientPods", message: "", observedGeneration };
}
