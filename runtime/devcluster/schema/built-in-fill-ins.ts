import { elementsOf, fieldOf, isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { withAutoscalerDefaults, withBehaviorDefaults } from "./autoscaler-fill-ins.ts";
import { withAccount, withPodDefaults, withPodIps, withPullPolicy, withVolumeSource } from "./pod-fill-ins.ts";
import { withAbsent } from "./with-absent.ts";

type FillIn = (value: JsonRecord) => JsonRecord;

/**
 * What the server fills in depending on what is there, by definition. It runs before the defaults that do not depend, and
 * before the members get theirs.
 */
export const fillIns: Readonly<Record<string, FillIn>> = {
  "core.v1.Container": withPullPolicy("image"),
  "core.v1.EphemeralContainer": withPullPolicy("image"),
  "core.v1.Pod": withPodDefaults,
  "core.v1.PodSpec": withAccount,
  "core.v1.PodStatus": withPodIps,
  "core.v1.Volume": withVolumeSource,
  "core.v1.ImageVolumeSource": withPullPolicy("reference"),
  "core.v1.Secret": withStringData,
  "core.v1.Namespace": withNameLabel,
  "core.v1.PersistentVolume": withVolumeDefaults,
  "core.v1.NodeSpec": withPodCidrs,
  "core.v1.NodeStatus": (status) => withAbsent(status, { allocatable: fieldOf(status, "capacity") }),
  "core.v1.ReplicationController": withTemplateLabels,
  "core.v1.ServiceSpec": withServiceDefaults,
  "core.v1.ServicePort": withTargetPort,
  "apps.v1.DeploymentStrategy": withRollingUpdate,
  "apps.v1.StatefulSetSpec": withClaimKinds,
  "apps.v1.StatefulSetUpdateStrategy": (strategy) =>
    textOf(strategy, "type") ? strategy : withRollingUpdate(strategy),
  "apps.v1.DaemonSetUpdateStrategy": withRollingUpdate,
  "apps.v1.DaemonSet": withTemplateGeneration,
  "batch.v1.Job": withJobDefaults,
  "autoscaling.v2.HorizontalPodAutoscalerSpec": withAutoscalerDefaults,
  "autoscaling.v2.HorizontalPodAutoscalerBehavior": withBehaviorDefaults,
  "networking.v1.NetworkPolicySpec": withPolicyTypes,
  "rbac.v1.Subject": withApiGroup,
  "resource.v1.ExactDeviceRequest": withCount,
  "resource.v1.DeviceSubRequest": withCount,
};

function withStringData(secret: JsonRecord): JsonRecord {
  const { stringData, ...rest } = secret;
  if (!isRecord(stringData)) return secret;
  const encoded = Object.entries(stringData).map(([key, text]) => [key, Buffer.from(String(text)).toString("base64")]);
  return { ...rest, data: { ...recordOf(rest, "data"), ...Object.fromEntries(encoded) } };
}

function withNameLabel(namespace: JsonRecord): JsonRecord {
  const metadata = recordOf(namespace, "metadata");
  const name = textOf(metadata, "name") ?? "";
  if (name === "") return namespace;
  const labels = { ...recordOf(metadata, "labels"), "kubernetes.io/metadata.name": name };
  return { ...namespace, metadata: { ...metadata, labels } };
}

/** Not where a volume's spec is a member of something else. */
function withVolumeDefaults(volume: JsonRecord): JsonRecord {
  const defaults = { persistentVolumeReclaimPolicy: "Retain", volumeMode: "Filesystem" };
  return { ...volume, spec: withAbsent(recordOf(volume, "spec"), defaults) };
}

function withPodCidrs(spec: JsonRecord): JsonRecord {
  const cidr = textOf(spec, "podCIDR");
  const first = elementsOf(spec, "podCIDRs")[0];
  return withAbsent(spec, { podCIDRs: cidr === undefined ? undefined : [cidr], podCIDR: first });
}

function withClaimKinds(spec: JsonRecord): JsonRecord {
  const templates = elementsOf(spec, "volumeClaimTemplates");
  if (templates.length === 0) return spec;
  const kind = { kind: "PersistentVolumeClaim", apiVersion: "v1" };
  return { ...spec, volumeClaimTemplates: templates.map((one) => (isRecord(one) ? { ...one, ...kind } : one)) };
}

/** Replication controllers and jobs have what their pods have. */
function withTemplateLabels(owner: JsonRecord): JsonRecord {
  const spec = recordOf(owner, "spec");
  const labels = fieldOf(fieldOf(fieldOf(spec, "template"), "metadata"), "labels");
  if (!isRecord(labels)) return owner;
  const selector = Object.keys(recordOf(spec, "selector")).length > 0 ? {} : { selector: labels };
  return { ...withOwnLabels(owner, labels), spec: { ...spec, ...selector } };
}

function withOwnLabels(owner: JsonRecord, labels: JsonRecord): JsonRecord {
  return { ...owner, metadata: withAbsent(recordOf(owner, "metadata"), { labels }) };
}

function withServiceDefaults(spec: JsonRecord): JsonRecord {
  const type = textOf(spec, "type") ?? "ClusterIP";
  const isOpen = type === "NodePort" || type === "LoadBalancer";
  const isInside = type === "ClusterIP";
  const hasOutside = isOpen || (isInside && elementsOf(spec, "externalIPs").length > 0);
  const filled = withAbsent(spec, {
    internalTrafficPolicy: isOpen || isInside ? "Cluster" : undefined,
    externalTrafficPolicy: hasOutside ? "Cluster" : undefined,
    allocateLoadBalancerNodePorts: type === "LoadBalancer" ? true : undefined,
  });
  return withAffinityConfig(filled);
}

const AFFINITY_SECONDS = 10_800;

function withAffinityConfig(spec: JsonRecord): JsonRecord {
  if (textOf(spec, "sessionAffinity") === "ClientIP") {
    const clientIP = fieldOf(fieldOf(spec, "sessionAffinityConfig"), "clientIP");
    if (fieldOf(clientIP, "timeoutSeconds") !== undefined) return spec;
    return { ...spec, sessionAffinityConfig: { clientIP: { timeoutSeconds: AFFINITY_SECONDS } } };
  }
  if (textOf(spec, "sessionAffinity") !== undefined && textOf(spec, "sessionAffinity") !== "None") return spec;
  const { sessionAffinityConfig: _, ...rest } = spec;
  return rest;
}

function withTargetPort(port: JsonRecord): JsonRecord {
  const target = fieldOf(port, "targetPort");
  const isEmpty = target === undefined || target === 0 || target === "";
  return isEmpty ? { ...port, targetPort: fieldOf(port, "port") ?? 0 } : port;
}

function withRollingUpdate(strategy: JsonRecord): JsonRecord {
  const isRolling = (textOf(strategy, "type") ?? "RollingUpdate") === "RollingUpdate";
  return isRolling ? withAbsent(strategy, { rollingUpdate: {} }) : strategy;
}

const GENERATION = "deprecated.daemonset.template.generation";

function withTemplateGeneration(set: JsonRecord): JsonRecord {
  const metadata = recordOf(set, "metadata");
  const annotations = withAbsent(recordOf(metadata, "annotations"), { [GENERATION]: "1" });
  return { ...set, metadata: { ...metadata, annotations } };
}

const BACKOFF_LIMIT = 6;
const BACKOFF_LIMIT_PER_INDEX = 2_147_483_647;

function withJobDefaults(job: JsonRecord): JsonRecord {
  const spec = recordOf(job, "spec");
  const labels = fieldOf(fieldOf(fieldOf(spec, "template"), "metadata"), "labels");
  const isSingle = fieldOf(spec, "completions") === undefined && fieldOf(spec, "parallelism") === undefined;
  const filled = withAbsent(spec, {
    completions: isSingle ? 1 : undefined,
    parallelism: 1,
    backoffLimit: fieldOf(spec, "backoffLimitPerIndex") === undefined ? BACKOFF_LIMIT : BACKOFF_LIMIT_PER_INDEX,
    completionMode: "NonIndexed",
    suspend: false,
    podReplacementPolicy: fieldOf(spec, "podFailurePolicy") === undefined ? "TerminatingOrFailed" : "Failed",
    manualSelector: false,
  });
  return { ...(isRecord(labels) ? withOwnLabels(job, labels) : job), spec: filled };
}

function withPolicyTypes(spec: JsonRecord): JsonRecord {
  const hasEgress = elementsOf(spec, "egress").length > 0;
  return withAbsent(spec, { policyTypes: hasEgress ? ["Ingress", "Egress"] : ["Ingress"] });
}

function withApiGroup(subject: JsonRecord): JsonRecord {
  const isPerson = textOf(subject, "kind") === "User" || textOf(subject, "kind") === "Group";
  return isPerson ? withAbsent(subject, { apiGroup: "rbac.authorization.k8s.io" }) : subject;
}

function withCount(request: JsonRecord): JsonRecord {
  const isExact = (textOf(request, "allocationMode") ?? "ExactCount") === "ExactCount";
  return isExact ? withAbsent(request, { count: 1 }) : request;
}

function recordOf(value: JsonRecord, name: string): JsonRecord {
  const member = fieldOf(value, name);
  return isRecord(member) ? member : {};
}
