import type { JsonRecord } from "#kernel/json-value.ts";

const LOAD_BALANCED: JsonRecord = { loadBalancer: {} };

/** What the status of a new object says before any controller has looked at it. Kinds that compute theirs are not here. */
export const initialStatusOf: ReadonlyMap<string, JsonRecord> = new Map<string, JsonRecord>([
  ["apiservices.apiregistration.k8s.io", {}],
  ["certificatesigningrequests.certificates.k8s.io", {}],
  ["cronjobs.batch", {}],
  ["csinodes.storage.k8s.io", {}],
  ["daemonsets.apps", { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 }],
  ["deployments.apps", {}],
  ["devicetaintrules.resource.k8s.io", {}],
  ["flowschemas.flowcontrol.apiserver.k8s.io", {}],
  ["horizontalpodautoscalers.autoscaling", { desiredReplicas: 0, currentMetrics: null }],
  ["ingresses.networking.k8s.io", LOAD_BALANCED],
  ["poddisruptionbudgets.policy", { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 }],
  ["prioritylevelconfigurations.flowcontrol.apiserver.k8s.io", {}],
  ["replicasets.apps", { replicas: 0 }],
  ["replicationcontrollers", { replicas: 0 }],
  ["resourceclaims.resource.k8s.io", {}],
  ["resourcequotas", {}],
  ["servicecidrs.networking.k8s.io", {}],
  ["statefulsets.apps", { replicas: 0, availableReplicas: 0 }],
  ["storageversionmigrations.storagemigration.k8s.io", {}],
  ["validatingadmissionpolicies.admissionregistration.k8s.io", {}],
  ["volumeattachments.storage.k8s.io", { attached: false }],
]);
