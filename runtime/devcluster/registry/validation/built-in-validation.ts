import type { JsonRecord } from "#kernel/json-value.ts";
import { resourceName, type ApiResource } from "#resources/api-resource.ts";
import type { StatusCause } from "../../api-status.ts";
import type { FieldCause } from "../../schema/field-causes.ts";
import { definitionCauses } from "../definitions/definition-validation.ts";
import { pathSegmentFaults, subdomainFaults } from "./name-rules.ts";
import { autoscalerCauses } from "./workloads/autoscaler-causes.ts";
import { configMapCauses, secretCauses } from "./cluster/config-causes.ts";
import { endpointsCauses, endpointSliceCauses, eventCauses } from "./network/discovery-causes.ts";
import { requiredText, type Faults } from "./field-checks.ts";
import { cronJobCauses, jobCauses } from "./workloads/job-causes.ts";
import { metadataCauses, metadataUpdateCauses } from "./metadata-causes.ts";
import { ingressCauses, ingressClassCauses, networkPolicyCauses } from "./network/network-causes.ts";
import { nodeCauses } from "./cluster/node-causes.ts";
import { podCauses } from "./pods/pod-causes.ts";
import { dottedLabelFaults } from "./pods/pod-spec-causes.ts";
import { disruptionBudgetCauses, leaseCauses, priorityClassCauses } from "./workloads/policy-causes.ts";
import { limitRangeCauses, quotaCauses } from "./cluster/quota-causes.ts";
import { bindingCauses, clusterRoleCauses, roleCauses } from "./cluster/role-causes.ts";
import { serviceCauses } from "./network/service-causes.ts";
import { claimCauses, storageClassCauses, volumeObjectCauses } from "./cluster/storage-causes.ts";
import { controllerCauses, podTemplateCauses } from "./workloads/template-causes.ts";
import { daemonSetCauses, deploymentCauses, replicaSetCauses, statefulSetCauses } from "./workloads/workload-causes.ts";
import { recordAt } from "../../record-at.ts";

type Validated = Pick<ApiResource, "group" | "plural" | "namespaced">;
type Causes = (object: JsonRecord, old?: JsonRecord) => readonly StatusCause[];

/**
 * What the server would refuse of an object of a built-in kind that has its defaults, as the causes of a 422: the rules
 * that users meet every day, not all that there are. None: it is taken.
 * @param old what it replaces
 */
export function validateBuiltIn(resource: Validated, object: JsonRecord, old?: JsonRecord): StatusCause[] {
  const name = resourceName(resource);
  const causes = CAUSES[name];
  return [...ownMetadataCauses(resource, object, old), ...(causes?.(object, old) ?? [])];
}

function ownMetadataCauses(resource: Validated, object: JsonRecord, old?: JsonRecord): FieldCause[] {
  const name = resourceName(resource);
  const metadata = recordAt(object, "metadata");
  const hasOwnFinalizers = !PLAIN_GROUPS.has(resource.group) && !PLAIN.has(name);
  if (old) return metadataUpdateCauses(metadata, recordAt(old, "metadata"), hasOwnFinalizers);
  return metadataCauses(metadata, resource.namespaced, NAME_FAULTS[name] ?? subdomainFaults, hasOwnFinalizers);
}

/** Whose finalizers need no domain. */
const PLAIN_GROUPS = new Set(["admissionregistration.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io"]);
const PLAIN = new Set([
  "events",
  "leases.coordination.k8s.io",
  "poddisruptionbudgets.policy",
  "runtimeclasses.node.k8s.io",
]);

const CRON_JOB_NAME = 52;

/** What else than an RFC 1123 subdomain names are. */
const NAME_FAULTS: Readonly<Record<string, Faults>> = {
  namespaces: dottedLabelFaults,
  services: dottedLabelFaults,
  "statefulsets.apps": dottedLabelFaults,
  "cronjobs.batch": cronJobNameFaults,
  "customresourcedefinitions.apiextensions.k8s.io": () => [],
  events: () => [],
  "poddisruptionbudgets.policy": () => [],
  "apiservices.apiregistration.k8s.io": () => [],
  "ipaddresses.networking.k8s.io": () => [],
  "certificatesigningrequests.certificates.k8s.io": pathSegmentFaults,
  "roles.rbac.authorization.k8s.io": pathSegmentFaults,
  "rolebindings.rbac.authorization.k8s.io": pathSegmentFaults,
  "clusterroles.rbac.authorization.k8s.io": pathSegmentFaults,
  "clusterrolebindings.rbac.authorization.k8s.io": pathSegmentFaults,
};

function cronJobNameFaults(name: string): string[] {
  const isLong = name.length > CRON_JOB_NAME;
  return [...subdomainFaults(name), ...(isLong ? [`must be no more than ${CRON_JOB_NAME} characters`] : [])];
}

const CAUSES: Readonly<Record<string, Causes>> = {
  configmaps: configMapCauses,
  endpoints: endpointsCauses,
  events: eventCauses,
  limitranges: limitRangeCauses,
  nodes: nodeCauses,
  persistentvolumeclaims: claimCauses,
  persistentvolumes: volumeObjectCauses,
  pods: podCauses,
  podtemplates: podTemplateCauses,
  replicationcontrollers: controllerCauses,
  resourcequotas: quotaCauses,
  secrets: secretCauses,
  services: serviceCauses,
  "daemonsets.apps": daemonSetCauses,
  "deployments.apps": deploymentCauses,
  "replicasets.apps": replicaSetCauses,
  "statefulsets.apps": statefulSetCauses,
  "horizontalpodautoscalers.autoscaling": autoscalerCauses,
  "cronjobs.batch": cronJobCauses,
  "jobs.batch": jobCauses,
  "leases.coordination.k8s.io": leaseCauses,
  "endpointslices.discovery.k8s.io": endpointSliceCauses,
  "customresourcedefinitions.apiextensions.k8s.io": definitionCauses,
  "ingressclasses.networking.k8s.io": ingressClassCauses,
  "ingresses.networking.k8s.io": ingressCauses,
  "networkpolicies.networking.k8s.io": networkPolicyCauses,
  "runtimeclasses.node.k8s.io": (object) =>
    requiredText(object, "handler", "").map((cause) => ({ ...cause, field: "handler" })),
  "poddisruptionbudgets.policy": disruptionBudgetCauses,
  "roles.rbac.authorization.k8s.io": roleCauses,
  "clusterroles.rbac.authorization.k8s.io": clusterRoleCauses,
  "rolebindings.rbac.authorization.k8s.io": bindingCauses(["Role", "ClusterRole"]),
  "clusterrolebindings.rbac.authorization.k8s.io": bindingCauses(["ClusterRole"]),
  "priorityclasses.scheduling.k8s.io": priorityClassCauses,
  "storageclasses.storage.k8s.io": storageClassCauses,
};
