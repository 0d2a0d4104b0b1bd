import { StatusError } from "../../api-status.ts";
import type { ApiObject } from "../../api-object.ts";
import { conflict } from "../api-errors.ts";
import type { DeleteOptions, Target } from "../api-operations.ts";

/** Throws 409 unless it is the object that is meant. */
export function requirePreconditions(
  { resource, name }: Target,
  { metadata }: ApiObject,
  { preconditions: { uid, resourceVersion } }: DeleteOptions,
): void {
  if (uid !== undefined && uid !== metadata.uid) {
    if (resource.storage === "namespaces") {
      const reason = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid}`;
      throw conflict(resource, name, reason);
    }
    const found = `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid})`;
    throw kindConflict(resource, name, `${found}. The object might have been deleted and then recreated`);
  }
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion) {
    const found = `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion})`;
    throw kindConflict(resource, name, `${found}. The object might have been modified`);
  }
}

/** The real server names the kind here, not the resource. */
function kindConflict({ kind, group }: Target["resource"], name: string, reason: string): StatusError {
  const subject = group === "" ? kind : `${kind}.${group}`;
  const message = `Operation cannot be fulfilled on ${subject} "${name}": ${reason}`;
  return new StatusError(409, "Conflict", message, { name, ...(group !== "" && { group }), kind });
}
