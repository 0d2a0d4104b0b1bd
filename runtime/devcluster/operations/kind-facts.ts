/** What upstream's strategies say of built-in kinds, by storage. Tried on a real server, kind by kind. */
import type { ServedResource } from "../registry/served-resource.ts";

/** `metadata.generation` counts the changes of the desired state. */
export function hasGeneration({ storage, custom, group }: ServedResource): boolean {
  return custom !== undefined || group === "admissionregistration.k8s.io" || COUNTED.has(storage);
}

/** An update has to name the resourceVersion that it changes. */
export function requiresResourceVersion({ storage, custom, group }: ServedResource): boolean {
  return custom !== undefined || group === "admissionregistration.k8s.io" || CONDITIONAL.has(storage);
}

/** A PUT of a name that does not exist creates it. */
export function createsOnUpdate({ storage }: ServedResource): boolean {
  return CREATED_BY_UPDATE.has(storage);
}

/** Members of the metadata that a write of the status leaves as they are. */
export function metadataBeyondStatus({ storage, custom }: ServedResource): readonly string[] {
  if (custom || STATUS_ONLY.has(storage)) return OWN_METADATA;
  return PARTLY_BEYOND_STATUS[storage] ?? [];
}

/** A kubelet registers its node with a status. */
export function keepsStatusOfNew({ storage }: ServedResource): boolean {
  return storage === "nodes";
}

/** Annotations are part of the desired state, because rollouts work with them. */
export function countsAnnotations({ storage }: ServedResource): boolean {
  return storage === "deployments.apps";
}

/** Labels are part of the desired state, because they say which Service it is of. */
export function countsLabels({ storage }: ServedResource): boolean {
  return storage === "endpointslices.discovery.k8s.io";
}

/** Their deletion is a story of its own, whatever becomes of dependants. */
export function ignoresPropagation({ storage }: ServedResource): boolean {
  return storage === "namespaces" || storage === "customresourcedefinitions.apiextensions.k8s.io";
}

const COUNTED: ReadonlySet<string> = new Set([
  "pods",
  "podtemplates",
  "replicationcontrollers",
  "daemonsets.apps",
  "deployments.apps",
  "replicasets.apps",
  "statefulsets.apps",
  "horizontalpodautoscalers.autoscaling",
  "jobs.batch",
  "cronjobs.batch",
  "endpointslices.discovery.k8s.io",
  "ingressclasses.networking.k8s.io",
  "ingresses.networking.k8s.io",
  "networkpolicies.networking.k8s.io",
  "poddisruptionbudgets.policy",
  "priorityclasses.scheduling.k8s.io",
  "customresourcedefinitions.apiextensions.k8s.io",
  "deviceclasses.resource.k8s.io",
  "devicetaintrules.resource.k8s.io",
  "resourceslices.resource.k8s.io",
  "flowschemas.flowcontrol.apiserver.k8s.io",
  "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io",
]);

const CONDITIONAL: ReadonlySet<string> = new Set([
  "apiservices.apiregistration.k8s.io",
  "poddisruptionbudgets.policy",
  "csidrivers.storage.k8s.io",
  "csinodes.storage.k8s.io",
  "csistoragecapacities.storage.k8s.io",
  "volumeattachments.storage.k8s.io",
  "customresourcedefinitions.apiextensions.k8s.io",
  "leases.coordination.k8s.io",
  "runtimeclasses.node.k8s.io",
]);

const CREATED_BY_UPDATE: ReadonlySet<string> = new Set([
  "endpoints",
  "events",
  "limitranges",
  "services",
  "clusterrolebindings.rbac.authorization.k8s.io",
  "clusterroles.rbac.authorization.k8s.io",
  "rolebindings.rbac.authorization.k8s.io",
  "roles.rbac.authorization.k8s.io",
  "leases.coordination.k8s.io",
  "runtimeclasses.node.k8s.io",
]);

const OWN_METADATA: readonly string[] = ["labels", "annotations", "finalizers", "ownerReferences"];

const STATUS_ONLY: ReadonlySet<string> = new Set([
  "apiservices.apiregistration.k8s.io",
  "servicecidrs.networking.k8s.io",
  "csinodes.storage.k8s.io",
  "volumeattachments.storage.k8s.io",
  "validatingadmissionpolicies.admissionregistration.k8s.io",
  "devicetaintrules.resource.k8s.io",
  "resourceclaims.resource.k8s.io",
  "storageversionmigrations.storagemigration.k8s.io",
  "flowschemas.flowcontrol.apiserver.k8s.io",
  "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io",
]);

const PARTLY_BEYOND_STATUS: Readonly<Record<string, readonly string[]>> = {
  pods: ["ownerReferences"],
  "deployments.apps": ["labels"],
};
