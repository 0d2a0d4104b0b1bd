import type { ApiObject } from "../api-object.ts";
import { StatusError } from "../api-status.ts";

/** 403: admission refuses it. `resource` as in messages: `pods`, `deployments.apps`. */
export function refused(resource: string, { metadata: { name } }: ApiObject, reason: string): StatusError {
  const [kind = "", ...group] = resource.split(".");
  return new StatusError(403, "Forbidden", `${resource} "${name}" is forbidden: ${reason}`, {
    name,
    ...(group.length > 0 && { group: group.join(".") }),
    kind,
  });
}
