import type { ApiObject } from "../../api-object.ts";
import type { KindRules } from "../../kinds/kind-rules.ts";
import type { DeleteOptions, DeleteResult, Target } from "../api-operations.ts";
import { currentObject } from "../reading/current-object.ts";
import { requirePreconditions } from "./delete-preconditions.ts";
import { markDeleted } from "./deletion-mark.ts";
import { isOver } from "./object-end.ts";
import { surroundingsOf, type OperationsContext } from "../operations-context.ts";

/** DELETE. Throws 404, and 409 if a precondition does not hold. */
export function deleteObject(context: OperationsContext, target: Target, options: DeleteOptions): DeleteResult {
  const { store, served } = context;
  const { resource } = target;
  const object = currentObject(store, target);
  requirePreconditions(target, object, options);
  const rules = context.rulesOf(resource);
  const markedByAll = markDeleted(context, target, object, options);
  const marked = rules.prepareDelete?.(markedByAll, object, surroundingsOf(context)) ?? markedByAll;
  const over = isOver(marked, rules);
  const last = over && leavesAtOnce(object, rules) ? object : marked;
  if (!options.dryRun && last !== object) store.put(resource.storage, last);
  if (!over) {
    const now = options.dryRun ? last : currentObject(store, target);
    return { type: "terminating", object: served.of(resource, now) };
  }
  const gone = options.dryRun ? last : store.remove(resource.storage, last);
  return { type: "deleted", object: served.of(resource, gone), answersWithObject: rules.returnsDeleted === true };
}

/** Only kinds with a grace period are seen with a deletionTimestamp before they go, even if the period is over. */
function leavesAtOnce({ metadata }: ApiObject, { gracePeriodSeconds }: KindRules): boolean {
  return metadata.deletionTimestamp === undefined && gracePeriodSeconds === undefined;
}
