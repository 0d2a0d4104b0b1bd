import type { ApiObject } from "../../api-object.ts";
import type { KindRules } from "../../kinds/kind-rules.ts";

/** It has been deleted and nothing holds it any more. */
export function isOver(object: ApiObject, { isHeld }: KindRules): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, finalizers = [] } = object.metadata;
  if (deletionTimestamp === undefined || finalizers.length > 0) return false;
  return deletionGracePeriodSeconds === 0 && isHeld?.(object) !== true;
}
