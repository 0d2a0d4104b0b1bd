import type { ApiObject } from "../../api-object.ts";
import type { StatusCause } from "../../api-status.ts";
import { invalidError } from "../../registry/invalid-error.ts";

/** Throws 422 if the object, as it would be stored, has faults. */
export function requireNoFaults({ apiVersion, kind, metadata }: ApiObject, causes: readonly StatusCause[]): void {
  if (causes.length === 0) return;
  const group = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
  throw invalidError({ group, kind }, metadata.name, causes);
}
