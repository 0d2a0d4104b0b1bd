/** The failures that every kind has, in the words of the real server (apimachinery: `errors.New…`). */
import { resourceName } from "#resources/api-resource.ts";
import { StatusError, type StatusCause } from "../api-status.ts";
import type { ApiObject } from "../api-object.ts";
import type { ServedResource } from "../registry/served-resource.ts";

type Named = Pick<ServedResource, "group" | "plural">;

export function badRequest(message: string): StatusError {
  return new StatusError(400, "BadRequest", message);
}

export function notFound(resource: ServedResource, name: string): StatusError {
  return new StatusError(404, "NotFound", `${resourceName(resource)} "${name}" not found`, details(resource, name));
}

/** @param existing what has the name */
export function alreadyExists(resource: ServedResource, { metadata }: ApiObject): StatusError {
  const { name, deletionTimestamp } = metadata;
  const prefix = deletionTimestamp === undefined ? "" : "object is being deleted: ";
  const message = `${prefix}${resourceName(resource)} "${name}" already exists`;
  return new StatusError(409, "AlreadyExists", message, details(resource, name));
}

export function conflict(resource: ServedResource, name: string, reason: string): StatusError {
  const message = `Operation cannot be fulfilled on ${resourceName(resource)} "${name}": ${reason}`;
  return new StatusError(409, "Conflict", message, details(resource, name));
}

export const MODIFIED = "the object has been modified; please apply your changes to the latest version and try again";

export function forbidden(resource: Named, name: string, reason: string, cause?: StatusCause): StatusError {
  return new StatusError(403, "Forbidden", `${resourceName(resource)} "${name}" is forbidden: ${reason}`, {
    ...details(resource, name),
    ...(cause && { causes: [cause] }),
  });
}

/** An update that does not say what it changes, where it has to. */
export function unconditional(resource: ServedResource, name: string): StatusError {
  const message = "Invalid value: 0: must be specified for an update";
  const field = "metadata.resourceVersion";
  const subject = `${resourceName(resource)} "${name}"`;
  return new StatusError(422, "Invalid", `${subject} is invalid: ${field}: ${message}`, {
    ...details(resource, name),
    causes: [{ reason: "FieldValueInvalid", message, field }],
  });
}

/** The revision that was asked for is no longer known. */
export function expired(message: string): StatusError {
  return new StatusError(410, "Expired", message);
}

function details({ group, plural }: Named, name: string): { name?: string; group?: string; kind: string } {
  return { ...(name !== "" && { name }), ...(group !== "" && { group }), kind: plural };
}
