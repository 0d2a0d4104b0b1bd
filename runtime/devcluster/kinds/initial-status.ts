import type { JsonRecord } from "#kernel/json-value.ts";

const LOAD_BALANCED: JsonRecord = { loadBalancer: {} };

/** What the status of a new object says before any controller has looked at it. Kinds that compute theirs are not here. */
export const initialStatusOf: ReadonlyMap<string, JsonRecord> = new Map<string, JsonRecord>([
  ["cronjobs.batch", {}],
  ["daemonsets.apps", { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 }],
  ["deployments.apps", {}],
  ["horizontalpodautoscalers.autoscaling", { desiredReplicas: 0, currentMetrics: null }],
  ["ingresses.networking.k8s.io", LOAD_BALANCED],
  ["poddisruptionbudgets.policy", { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 }],
  ["replicasets.apps", { replicas: 0 }],
  ["replicationcontrollers", { replicas: 0 }],
  ["resourcequotas", {}],
  ["statefulsets.apps", { replicas: 0, availableReplicas: 0 }],
]);
