import { StatusError } from "../../api-status.ts";
import type { DeleteOptions, ListOptions, ObjectList, Target } from "../api-operations.ts";
import { deleteObject } from "./delete-object.ts";
import { listObjects, type ListParts } from "../reading/list-objects.ts";
import type { OperationsContext } from "../operations-context.ts";

/** Deletes one by one what is selected. Answers with the objects as they were. */
export function deleteCollection(
  context: OperationsContext & ListParts,
  target: Target,
  selection: ListOptions,
  options: DeleteOptions,
): ObjectList {
  const list = listObjects(context, target, selection);
  for (const { metadata } of list.items)
    unlessGone(() =>
      deleteObject(context, { ...target, namespace: metadata.namespace ?? "", name: metadata.name }, options),
    );
  return list;
}

/** Deleting one object may take others with it. */
function unlessGone(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof StatusError) || error.status.reason !== "NotFound") throw error;
  }
}
