import type { JsonRecord } from "#kernel/json-value.ts";
import type { DeleteResult } from "../../operations/api-operations.ts";
import type { ServedResource } from "../../registry/served-resource.ts";
import { objectDocument, type DocumentForm } from "./object-documents.ts";

/** What a delete answers: the object while it stays, else a `Status`, or the object as it was for a few kinds. */
export function deletedDocument(result: DeleteResult, resource: ServedResource, form: DocumentForm): JsonRecord {
  const { object } = result;
  if (result.type === "terminating" || RETURNED_WHEN_DELETED.has(resource.storage)) return objectDocument(object, form);
  const { group, plural } = resource;
  const { name, uid } = object.metadata;
  const details = { name, ...(group !== "" && { group }), kind: plural, uid };
  return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details };
}

/** The kinds whose storage upstream has `ReturnDeletedObject`; tried on kube-apiserver 1.37. */
const RETURNED_WHEN_DELETED: ReadonlySet<string> = new Set([
  "pods",
  "services",
  "serviceaccounts",
  "podtemplates",
  "resourcequotas",
  "persistentvolumeclaims",
  "persistentvolumes",
  "storageclasses.storage.k8s.io",
  "csidrivers.storage.k8s.io",
  "csinodes.storage.k8s.io",
  "volumeattachments.storage.k8s.io",
  "volumeattributesclasses.storage.k8s.io",
  "deviceclasses.resource.k8s.io",
  "resourceclaims.resource.k8s.io",
  "resourceclaimtemplates.resource.k8s.io",
  "resourceslices.resource.k8s.io",
]);
