import { resourceName, type ApiResource } from "#resources/api-resource.ts";
import {
  CERTIFICATE_SIGNING_REQUESTS,
  CLUSTER_TRUST_BUNDLES,
  POD_CERTIFICATE_REQUESTS,
  ROLE_BINDINGS,
} from "./columns/access-columns.ts";
import { AUTOSCALERS, AUTOSCALERS_V1 } from "./columns/workloads/autoscaler-columns.ts";
import { CREATED_AT, NAME, type Column } from "./column.ts";
import {
  COMPONENT_STATUSES,
  CONFIG_MAPS,
  NAMESPACES,
  RESOURCE_QUOTAS,
  SECRETS,
  SERVICE_ACCOUNTS,
} from "./columns/configuration-columns.ts";
import {
  DEVICE_CLASSES,
  DEVICE_TAINT_RULES,
  RESOURCE_CLAIM_TEMPLATES,
  RESOURCE_CLAIMS,
  RESOURCE_SLICES,
} from "./columns/device-columns.ts";
import { EVENTS, EVENTS_OF_OWN_GROUP } from "./columns/event-columns.ts";
import { API_SERVICES, CUSTOM_RESOURCE_DEFINITIONS, STORAGE_VERSION_MIGRATIONS } from "./columns/extension-columns.ts";
import { CRON_JOBS, JOBS } from "./columns/workloads/job-columns.ts";
import {
  INGRESS_CLASSES,
  INGRESSES,
  IP_ADDRESSES,
  NETWORK_POLICIES,
  SERVICE_CIDRS,
} from "./columns/network-columns.ts";
import { NODES } from "./columns/node-columns.ts";
import { PODS } from "./columns/workloads/pod-columns.ts";
import {
  DISRUPTION_BUDGETS,
  FLOW_SCHEMAS,
  LEASES,
  MUTATING_POLICIES,
  POLICY_BINDINGS,
  PRIORITY_CLASSES,
  PRIORITY_LEVELS,
  RUNTIME_CLASSES,
  VALIDATING_POLICIES,
  WEBHOOK_CONFIGURATIONS,
} from "./columns/policy-columns.ts";
import { ENDPOINT_SLICES, ENDPOINTS, SERVICES } from "./columns/service-columns.ts";
import {
  CSI_DRIVERS,
  CSI_NODES,
  PERSISTENT_VOLUME_CLAIMS,
  PERSISTENT_VOLUMES,
  STORAGE_CLASSES,
  VOLUME_ATTACHMENTS,
  VOLUME_ATTRIBUTES_CLASSES,
} from "./columns/volume-columns.ts";
import {
  CONTROLLER_REVISIONS,
  DAEMON_SETS,
  DEPLOYMENTS,
  POD_TEMPLATES,
  REPLICA_SETS,
  REPLICATION_CONTROLLERS,
  STATEFUL_SETS,
} from "./columns/workloads/workload-columns.ts";

/** The columns of a built-in resource. Of one that nobody has described: its name and when it was made. */
export function builtInColumns(resource: Pick<ApiResource, "group" | "version" | "plural">): readonly Column[] {
  const name = resourceName(resource);
  return COLUMNS[`${name}/${resource.version}`] ?? COLUMNS[name] ?? [NAME, CREATED_AT];
}

const COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  "apiservices.apiregistration.k8s.io": API_SERVICES,
  "certificatesigningrequests.certificates.k8s.io": CERTIFICATE_SIGNING_REQUESTS,
  "clusterrolebindings.rbac.authorization.k8s.io": ROLE_BINDINGS,
  "clustertrustbundles.certificates.k8s.io": CLUSTER_TRUST_BUNDLES,
  componentstatuses: COMPONENT_STATUSES,
  configmaps: CONFIG_MAPS,
  "controllerrevisions.apps": CONTROLLER_REVISIONS,
  "cronjobs.batch": CRON_JOBS,
  "csidrivers.storage.k8s.io": CSI_DRIVERS,
  "csinodes.storage.k8s.io": CSI_NODES,
  "customresourcedefinitions.apiextensions.k8s.io": CUSTOM_RESOURCE_DEFINITIONS,
  "daemonsets.apps": DAEMON_SETS,
  "deployments.apps": DEPLOYMENTS,
  "deviceclasses.resource.k8s.io": DEVICE_CLASSES,
  "devicetaintrules.resource.k8s.io": DEVICE_TAINT_RULES,
  endpoints: ENDPOINTS,
  "endpointslices.discovery.k8s.io": ENDPOINT_SLICES,
  events: EVENTS,
  "events.events.k8s.io": EVENTS_OF_OWN_GROUP,
  "flowschemas.flowcontrol.apiserver.k8s.io": FLOW_SCHEMAS,
  "horizontalpodautoscalers.autoscaling": AUTOSCALERS,
  "horizontalpodautoscalers.autoscaling/v1": AUTOSCALERS_V1,
  "ingressclasses.networking.k8s.io": INGRESS_CLASSES,
  "ingresses.networking.k8s.io": INGRESSES,
  "ipaddresses.networking.k8s.io": IP_ADDRESSES,
  "jobs.batch": JOBS,
  "leases.coordination.k8s.io": LEASES,
  "mutatingadmissionpolicies.admissionregistration.k8s.io": MUTATING_POLICIES,
  "mutatingadmissionpolicybindings.admissionregistration.k8s.io": POLICY_BINDINGS,
  "mutatingwebhookconfigurations.admissionregistration.k8s.io": WEBHOOK_CONFIGURATIONS,
  namespaces: NAMESPACES,
  "networkpolicies.networking.k8s.io": NETWORK_POLICIES,
  nodes: NODES,
  persistentvolumeclaims: PERSISTENT_VOLUME_CLAIMS,
  persistentvolumes: PERSISTENT_VOLUMES,
  "podcertificaterequests.certificates.k8s.io": POD_CERTIFICATE_REQUESTS,
  "poddisruptionbudgets.policy": DISRUPTION_BUDGETS,
  pods: PODS,
  podtemplates: POD_TEMPLATES,
  "priorityclasses.scheduling.k8s.io": PRIORITY_CLASSES,
  "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io": PRIORITY_LEVELS,
  "replicasets.apps": REPLICA_SETS,
  replicationcontrollers: REPLICATION_CONTROLLERS,
  "resourceclaims.resource.k8s.io": RESOURCE_CLAIMS,
  "resourceclaimtemplates.resource.k8s.io": RESOURCE_CLAIM_TEMPLATES,
  resourcequotas: RESOURCE_QUOTAS,
  "resourceslices.resource.k8s.io": RESOURCE_SLICES,
  "rolebindings.rbac.authorization.k8s.io": ROLE_BINDINGS,
  "runtimeclasses.node.k8s.io": RUNTIME_CLASSES,
  secrets: SECRETS,
  serviceaccounts: SERVICE_ACCOUNTS,
  "servicecidrs.networking.k8s.io": SERVICE_CIDRS,
  services: SERVICES,
  "statefulsets.apps": STATEFUL_SETS,
  "storageclasses.storage.k8s.io": STORAGE_CLASSES,
  "storageversionmigrations.storagemigration.k8s.io": STORAGE_VERSION_MIGRATIONS,
  "validatingadmissionpolicies.admissionregistration.k8s.io": VALIDATING_POLICIES,
  "validatingadmissionpolicybindings.admissionregistration.k8s.io": POLICY_BINDINGS,
  "validatingwebhookconfigurations.admissionregistration.k8s.io": WEBHOOK_CONFIGURATIONS,
  "volumeattachments.storage.k8s.io": VOLUME_ATTACHMENTS,
  "volumeattributesclasses.storage.k8s.io": VOLUME_ATTRIBUTES_CLASSES,
};
