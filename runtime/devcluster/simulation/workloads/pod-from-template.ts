import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import type { NewObject } from "../../controllers/reconciling/cluster-client.ts";
import { recordAt } from "../../record-at.ts";
import { controllerReference } from "./controller-reference.ts";

/** A pod as the owner's template describes it. @param metadata its name, and what differs from the template's */
export function podFromTemplate(owner: ApiObject, metadata: JsonRecord = {}): NewObject {
  const template = recordAt(owner, "spec", "template");
  const { labels, annotations, finalizers } = recordAt(template, "metadata");
  return {
    metadata: {
      namespace: owner.metadata.namespace ?? "",
      ...(metadata["name"] === undefined && { generateName: `${owner.metadata.name}-` }),
      ...(isRecord(labels) && { labels }),
      ...(isRecord(annotations) && { annotations }),
      ...(finalizers !== undefined && { finalizers }),
      ownerReferences: [controllerReference(owner)],
      ...metadata,
    },
    spec: recordAt(template, "spec"),
  };
}
