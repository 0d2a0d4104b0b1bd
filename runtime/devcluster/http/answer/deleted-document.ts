import type { JsonRecord } from "#kernel/json-value.ts";
import type { DeleteResult } from "../../operations/api-operations.ts";
import type { ServedResource } from "../../registry/served-resource.ts";
import { objectDocument, type DocumentForm } from "./object-documents.ts";

/** What a delete answers: the object while it stays, else a `Status`, or the object as it was for a few kinds. */
export function deletedDocument(result: DeleteResult, resource: ServedResource, form: DocumentForm): JsonRecord {
  const { object } = result;
  if (result.type === "terminating" || result.answersWithObject) return objectDocument(object, form);
  const { group, plural } = resource;
  const { name, uid } = object.metadata;
  const details = { name, ...(group !== "" && { group }), kind: plural, uid };
  return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details };
}
