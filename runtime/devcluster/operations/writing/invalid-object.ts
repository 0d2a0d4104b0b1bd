import type { ApiObject } from "../../api-object.ts";
import { StatusError, type StatusCause } from "../../api-status.ts";

/** 422: the object, as it would be stored, has these faults. Throws if there are any. */
export function requireNoFaults({ apiVersion, kind, metadata }: ApiObject, causes: readonly StatusCause[]): void {
  if (causes.length === 0) return;
  const group = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
  const texts = [...new Set(causes.map(({ field, message }) => `${field}: ${message}`))];
  const text = texts.length === 1 ? texts.join("") : `[${texts.join(", ")}]`;
  const subject = group === "" ? kind : `${kind}.${group}`;
  const { name } = metadata;
  throw new StatusError(422, "Invalid", `${subject} "${name}" is invalid: ${text}`, {
    ...(name !== "" && { name }),
    ...(group !== "" && { group }),
    kind,
    causes,
  });
}
