import type { ApiResource } from "#resources/api-resource.ts";
import type { ApiObject } from "../api-object.ts";
import { StatusError, type StatusCause } from "../api-status.ts";

/** Throws 422 if the object, as it would be stored, has faults. */
export function requireNoFaults({ apiVersion, kind, metadata }: ApiObject, causes: readonly StatusCause[]): void {
  if (causes.length === 0) return;
  const group = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
  throw invalidError({ group, kind }, metadata.name, causes);
}

/**
 * The 422 that an object which its kind does not allow is answered with: `Deployment.apps "x" is invalid: [a: b, c: d]`.
 * What is wrong twice is said once, but stays among the causes. (apimachinery: `errors.NewInvalid`)
 */
export function invalidError(
  resource: Pick<ApiResource, "group" | "kind">,
  name: string,
  causes: readonly StatusCause[],
): StatusError {
  const { group, kind } = resource;
  const said = [...new Set(causes.map(({ field = "", message = "" }) => `${field}: ${message}`))];
  const what = said.length === 1 ? said[0] : `[${said.join(", ")}]`;
  const message = `${group === "" ? kind : `${kind}.${group}`} ${JSON.stringify(name)} is invalid: ${what}`;
  return new StatusError(422, "Invalid", message, {
    ...(name !== "" && { name }),
    ...(group !== "" && { group }),
    ...(kind !== "" && { kind }),
    ...(causes.length > 0 && { causes }),
  });
}
