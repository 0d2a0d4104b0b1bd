/** The failures that every kind has, in the words of the real server (apimachinery: `errors.New…`). */
import { resourceName } from "#resources/api-resource.ts";
import { StatusError } from "../api-status.ts";
import type { ServedResource } from "../registry/served-resource.ts";

export function badRequest(message: string): StatusError {
  return new StatusError(400, "BadRequest", message);
}

export function notFound(resource: ServedResource, name: string): StatusError {
  return new StatusError(404, "NotFound", `${resourceName(resource)} "${name}" not found`, details(resource, name));
}

export function alreadyExists(resource: ServedResource, name: string): StatusError {
  const message = `${resourceName(resource)} "${name}" already exists`;
  return new StatusError(409, "AlreadyExists", message, details(resource, name));
}

export function conflict(resource: ServedResource, name: string, reason: string): StatusError {
  const message = `Operation cannot be fulfilled on ${resourceName(resource)} "${name}": ${reason}`;
  return new StatusError(409, "Conflict", message, details(resource, name));
}

export const MODIFIED = "the object has been modified; please apply your changes to the latest version and try again";

export function forbidden(resource: ServedResource, name: string, reason: string, cause?: string): StatusError {
  const subject = name === "" ? resourceName(resource) : `${resourceName(resource)} "${name}"`;
  return new StatusError(403, "Forbidden", `${subject} is forbidden: ${reason}`, {
    ...details(resource, name),
    ...(cause !== undefined && { causes: [{ reason: cause, message: reason, field: "metadata.namespace" }] }),
  });
}

export function methodNotSupported(resource: ServedResource, verb: string): StatusError {
  const { group, plural } = resource;
  return new StatusError(
    405,
    "MethodNotAllowed",
    `${verb} is not supported on resources of kind "${resourceName(resource)}"`,
    {
      ...(group !== "" && { group }),
      kind: plural,
    },
  );
}

/** The revision that was asked for is no longer known. */
export function expired(message: string): StatusError {
  return new StatusError(410, "Expired", message);
}

function details({ group, plural }: ServedResource, name: string): { name?: string; group?: string; kind: string } {
  return { ...(name !== "" && { name }), ...(group !== "" && { group }), kind: plural };
}
