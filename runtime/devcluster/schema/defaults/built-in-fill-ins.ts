import { elementsOf, fieldOf, isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { withAutoscalerDefaults, withBehaviorDefaults } from "./autoscaler-fill-ins.ts";
import { withAccount, withPodDefaults, withPodIps, withPullPolicy, withVolumeSource } from "./pod-fill-ins.ts";
import { withIpModes, withServiceDefaults, withTargetPort } from "./service-fill-ins.ts";
import { recordAt } from "../../record-at.ts";
import { withAbsent } from "./with-absent.ts";
import {
  withClaimKinds,
  withJobDefaults,
  withRollingUpdate,
  withTemplateGeneration,
  withTemplateLabels,
} from "./workload-fill-ins.ts";

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
  "core.v1.LimitRangeItem": withLimitDefaults,
  "core.v1.Service": withIpModes,
  "core.v1.ServiceSpec": withServiceDefaults,
  "core.v1.ServicePort": withTargetPort,
  "apps.v1.DeploymentStrategy": withRollingUpdate,
  "apps.v1.StatefulSetSpec": withClaimKinds,
  "apps.v1.StatefulSetUpdateStrategy": (strategy) =>
    textOf(strategy, "type") ? strategy : withRollingUpdate(strategy),
  "apps.v1.DaemonSetUpdateStrategy": withRollingUpdate,
  "apps.v1.DaemonSet": withTemplateGeneration,
  "batch.v1.Job": withJobDefaults,
  "apiextensions.v1.CustomResourceDefinitionSpec": withDefinitionDefaults,
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
  return { ...rest, data: { ...recordAt(rest, "data"), ...Object.fromEntries(encoded) } };
}

function withNameLabel(namespace: JsonRecord): JsonRecord {
  const metadata = recordAt(namespace, "metadata");
  const name = textOf(metadata, "name") ?? "";
  if (name === "") return namespace;
  const labels = { ...recordAt(metadata, "labels"), "kubernetes.io/metadata.name": name };
  return { ...namespace, metadata: { ...metadata, labels } };
}

/** Not where a volume's spec is a member of something else. */
function withVolumeDefaults(volume: JsonRecord): JsonRecord {
  const defaults = { persistentVolumeReclaimPolicy: "Retain", volumeMode: "Filesystem" };
  return { ...volume, spec: withAbsent(recordAt(volume, "spec"), defaults) };
}

function withPodCidrs(spec: JsonRecord): JsonRecord {
  const cidr = textOf(spec, "podCIDR");
  const first = elementsOf(spec, "podCIDRs")[0];
  return withAbsent(spec, { podCIDRs: cidr === undefined ? undefined : [cidr], podCIDR: first });
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

function withLimitDefaults(item: JsonRecord): JsonRecord {
  if (textOf(item, "type") !== "Container") return item;
  const defaults = withAbsent(recordAt(item, "default"), recordAt(item, "max"));
  const requests = withAbsent(withAbsent(recordAt(item, "defaultRequest"), defaults), recordAt(item, "min"));
  const filled = { default: defaults, defaultRequest: requests };
  return { ...item, ...Object.fromEntries(Object.entries(filled).filter(([, one]) => Object.keys(one).length > 0)) };
}

function withDefinitionDefaults(spec: JsonRecord): JsonRecord {
  const kind = textOf(recordAt(spec, "names"), "kind") ?? "";
  const names = { singular: kind.toLowerCase(), listKind: `${kind}List` };
  return {
    ...withAbsent(spec, { conversion: { strategy: "None" } }),
    names: kind === "" ? recordAt(spec, "names") : withAbsent(recordAt(spec, "names"), names),
  };
}
