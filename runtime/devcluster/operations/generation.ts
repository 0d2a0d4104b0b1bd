import { isDeepStrictEqual } from "node:util";
import type { ApiObject } from "../api-object.ts";
import type { ServedResource } from "../registry/served-resource.ts";

/** Built-in kinds whose `metadata.generation` counts the changes of their desired state. */
const COUNTED: ReadonlySet<string> = new Set([
  "pods",
  "replicationcontrollers",
  "daemonsets.apps",
  "deployments.apps",
  "replicasets.apps",
  "statefulsets.apps",
  "jobs.batch",
  "cronjobs.batch",
  "ingresses.networking.k8s.io",
  "networkpolicies.networking.k8s.io",
  "poddisruptionbudgets.policy",
  "priorityclasses.scheduling.k8s.io",
  "customresourcedefinitions.apiextensions.k8s.io",
  "mutatingwebhookconfigurations.admissionregistration.k8s.io",
  "validatingwebhookconfigurations.admissionregistration.k8s.io",
  "validatingadmissionpolicies.admissionregistration.k8s.io",
  "validatingadmissionpolicybindings.admissionregistration.k8s.io",
  "flowschemas.flowcontrol.apiserver.k8s.io",
  "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io",
]);

export function hasGeneration({ storage, custom }: ServedResource): boolean {
  return custom !== undefined || COUNTED.has(storage);
}

/** The generation after an update: one more if anything but metadata and status has changed. */
export function nextGeneration(resource: ServedResource, before: ApiObject, after: ApiObject): number | undefined {
  if (!hasGeneration(resource)) return before.metadata.generation;
  const generation = before.metadata.generation ?? 1;
  return isDeepStrictEqual(desired(before), desired(after)) ? generation : generation + 1;
}

function desired({ apiVersion: _version, metadata: _metadata, status: _status, ...rest }: ApiObject): object {
  return rest;
}
