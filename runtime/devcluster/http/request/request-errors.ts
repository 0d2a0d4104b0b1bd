/** What the server says of requests that it cannot even begin, in the words of the real one. */
import { StatusError, type StatusCause, type StatusDetails } from "../../api-status.ts";
import { invalidError } from "../../registry/invalid-error.ts";

export function badRequest(message: string): StatusError {
  return new StatusError(400, "BadRequest", message);
}

export function unauthorized(): StatusError {
  return new StatusError(401, "Unauthorized", "Unauthorized");
}

export function forbidden(message: string): StatusError {
  return new StatusError(403, "Forbidden", message);
}

export function pathNotFound(): StatusError {
  return new StatusError(404, "NotFound", "the server could not find the requested resource", {});
}

export function methodNotAllowed(): StatusError {
  return new StatusError(
    405,
    "MethodNotAllowed",
    "the server does not allow this method on the requested resource",
    {},
  );
}

export function notAcceptable(message: string, details?: StatusDetails): StatusError {
  return new StatusError(406, "NotAcceptable", message, details);
}

export function bodyTooLarge(limit: number): StatusError {
  return new StatusError(413, "RequestEntityTooLarge", `Request entity too large: limit is ${limit}`);
}

export function unsupportedMediaType(message: string, details?: StatusDetails): StatusError {
  return new StatusError(415, "UnsupportedMediaType", message, details);
}

/** @param kind of the options: `PatchOptions` */
export function invalidOptions(kind: string, faults: readonly StatusCause[]): StatusError {
  return invalidError({ group: "meta.k8s.io", kind }, "", faults);
}

export function internalError(message: string): StatusError {
  return new StatusError(500, "InternalError", `Internal error occurred: ${message}`, {
    causes: [{ message }],
  });
}
