import { resourceName, type ApiResource } from "#resources/api-resource.ts";
import type { ServedResource } from "./served-resource.ts";

const OBJECT_REFERENCE = ["kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath"];

/** By resource: what field selectors may name beside the object's name and namespace. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  pods: [
    "spec.nodeName",
    "spec.restartPolicy",
    "spec.schedulerName",
    "spec.serviceAccountName",
    "spec.hostNetwork",
    "status.phase",
    "status.podIP",
    "status.podIPs",
    "status.nominatedNodeName",
  ],
  events: [
    ...OBJECT_REFERENCE.map((field) => `involvedObject.${field}`),
    "reason",
    "reportingComponent",
    "source",
    "type",
  ],
  "events.events.k8s.io": [
    ...OBJECT_REFERENCE.map((field) => `regarding.${field}`),
    "reason",
    "reportingController",
    "type",
  ],
  namespaces: ["status.phase"],
  nodes: ["spec.unschedulable"],
  replicationcontrollers: ["status.replicas"],
  secrets: ["type"],
  services: ["spec.clusterIP", "spec.type"],
  "jobs.batch": ["status.successful"],
  "certificatesigningrequests.certificates.k8s.io": ["spec.signerName"],
  "clustertrustbundles.certificates.k8s.io": ["spec.signerName"],
  "podcertificaterequests.certificates.k8s.io": ["spec.nodeName", "spec.podName", "spec.signerName"],
  "resourceslices.resource.k8s.io": ["spec.driver", "spec.nodeName", "spec.pool.name"],
};

/** These refuse `metadata.namespace`, which other cluster-scoped resources let pass. */
const WITHOUT_NAMESPACE = new Set([
  "namespaces",
  "nodes",
  "certificatesigningrequests.certificates.k8s.io",
  "clustertrustbundles.certificates.k8s.io",
  "podcertificaterequests.certificates.k8s.io",
]);

/** What a field selector of a built-in resource may name beside `metadata.name` and `metadata.namespace`. */
export function selectableFieldsOf(resource: Pick<ApiResource, "group" | "plural">): readonly string[] {
  return FIELDS[resourceName(resource)] ?? [];
}

/** Why a field selector may not name `label`: the server's words, which depend on the resource. `undefined` if it may. */
export function refusedFieldLabel(resource: ServedResource, label: string): string | undefined {
  const name = resourceName(resource);
  if (label === "metadata.name" || resource.selectableFields.includes(label)) return undefined;
  if (label === "metadata.namespace" && hasNamespaceLabel(resource)) return undefined;
  if (name === "jobs.batch") return `field label "${label}" not supported for ${resource.kind}`;
  if (name === "resourceslices.resource.k8s.io") {
    return `field label not supported for ${resource.group}/${resource.version}, Kind=${resource.kind}: ${label}`;
  }
  if (resource.custom || FIELDS[name]) return `field label not supported: ${label}`;
  return `"${label}" is not a known field selector: only "metadata.name", "metadata.namespace"`;
}

function hasNamespaceLabel(resource: ServedResource): boolean {
  return resource.custom ? resource.namespaced : !WITHOUT_NAMESPACE.has(resourceName(resource));
}
