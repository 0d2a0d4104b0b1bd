import type { JsonRecord } from "#kernel/json-value.ts";

const MODE_0644 = 420;

/**
 * What the server sets where members are absent, by definition, beside what the OpenAPI documents say. Members whose
 * default depends on others are in `built-in-fill-ins.ts`.
 */
export const builtInDefaults: Readonly<Record<string, JsonRecord>> = {
  "core.v1.PodSpec": {
    restartPolicy: "Always",
    dnsPolicy: "ClusterFirst",
    terminationGracePeriodSeconds: 30,
    schedulerName: "default-scheduler",
    securityContext: {},
  },
  "core.v1.Container": { terminationMessagePath: "/dev/termination-log", terminationMessagePolicy: "File" },
  "core.v1.EphemeralContainer": { terminationMessagePath: "/dev/termination-log", terminationMessagePolicy: "File" },
  "core.v1.Probe": { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 },
  "core.v1.HTTPGetAction": { path: "/", scheme: "HTTP" },
  "core.v1.GRPCAction": { service: "" },
  "core.v1.ObjectFieldSelector": { apiVersion: "v1" },
  "core.v1.SecretVolumeSource": { defaultMode: MODE_0644 },
  "core.v1.ConfigMapVolumeSource": { defaultMode: MODE_0644 },
  "core.v1.DownwardAPIVolumeSource": { defaultMode: MODE_0644 },
  "core.v1.ProjectedVolumeSource": { defaultMode: MODE_0644 },
  "core.v1.ServiceAccountTokenProjection": { expirationSeconds: 3600 },
  "core.v1.HostPathVolumeSource": { type: "" },
  "core.v1.Secret": { type: "Opaque" },
  "core.v1.ServiceSpec": { sessionAffinity: "None", type: "ClusterIP" },
  "core.v1.EndpointPort": { protocol: "TCP" },
  "core.v1.NamespaceStatus": { phase: "Active" },
  "core.v1.PodStatus": { phase: "Pending" },
  "core.v1.PersistentVolumeSpec": { persistentVolumeReclaimPolicy: "Retain", volumeMode: "Filesystem" },
  "core.v1.PersistentVolumeStatus": { phase: "Pending" },
  "core.v1.PersistentVolumeClaimSpec": { volumeMode: "Filesystem" },
  "core.v1.PersistentVolumeClaimStatus": { phase: "Pending" },
  "apps.v1.DeploymentSpec": { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 },
  "apps.v1.DeploymentStrategy": { type: "RollingUpdate" },
  "apps.v1.RollingUpdateDeployment": { maxUnavailable: "25%", maxSurge: "25%" },
  "apps.v1.ReplicaSetSpec": { replicas: 1 },
  "apps.v1.StatefulSetSpec": {
    replicas: 1,
    revisionHistoryLimit: 10,
    podManagementPolicy: "OrderedReady",
    persistentVolumeClaimRetentionPolicy: {},
  },
  "apps.v1.StatefulSetUpdateStrategy": { type: "RollingUpdate" },
  "apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy": { whenDeleted: "Retain", whenScaled: "Retain" },
  "apps.v1.RollingUpdateStatefulSetStrategy": { partition: 0 },
  "apps.v1.DaemonSetSpec": { revisionHistoryLimit: 10 },
  "apps.v1.DaemonSetUpdateStrategy": { type: "RollingUpdate" },
  "apps.v1.RollingUpdateDaemonSet": { maxUnavailable: 1, maxSurge: 0 },
  "batch.v1.CronJobSpec": {
    concurrencyPolicy: "Allow",
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
  },
  "batch.v1.PodFailurePolicyOnPodConditionsPattern": { status: "True" },
  "autoscaling.v1.HorizontalPodAutoscalerSpec": { minReplicas: 1, targetCPUUtilizationPercentage: 80 },
  "autoscaling.v2.HorizontalPodAutoscalerSpec": { minReplicas: 1 },
  "networking.v1.NetworkPolicyPort": { protocol: "TCP" },
  "networking.v1.IngressClassParametersReference": { scope: "Cluster" },
  "rbac.v1.RoleRef": { apiGroup: "rbac.authorization.k8s.io" },
  "storage.v1.StorageClass": { reclaimPolicy: "Delete", volumeBindingMode: "Immediate" },
  "scheduling.v1.PriorityClass": { preemptionPolicy: "PreemptLowerPriority" },
  "discovery.v1.EndpointPort": { name: "", protocol: "TCP" },
};
