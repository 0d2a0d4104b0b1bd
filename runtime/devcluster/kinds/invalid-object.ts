import { StatusError, type StatusCause } from "../api-status.ts";
import type { ApiObject } from "../api-object.ts";

/** What is wrong with one member, in the words of upstream's `field.Error`. */
export interface FieldProblem {
  readonly field: string;
  readonly reason: "FieldValueForbidden" | "FieldValueInvalid" | "FieldValueRequired" | "FieldValueNotSupported";
  readonly message: string;
}

export function forbiddenField(field: string, detail: string): FieldProblem {
  return { field, reason: "FieldValueForbidden", message: `Forbidden: ${detail}` };
}

export function requiredField(field: string, detail = ""): FieldProblem {
  return {
    field,
    reason: "FieldValueRequired",
    message: detail === "" ? "Required value" : `Required value: ${detail}`,
  };
}

export function invalidField(field: string, value: unknown, detail: string): FieldProblem {
  return { field, reason: "FieldValueInvalid", message: `Invalid value: ${JSON.stringify(value)}: ${detail}` };
}

/** 422: the object as it would be stored has these problems. Throws if there are any. */
export function requireValid(object: ApiObject, problems: readonly FieldProblem[]): void {
  if (problems.length === 0) return;
  const { kind, metadata } = object;
  const group = groupOf(object);
  const subject = group === "" ? kind : `${kind}.${group}`;
  const texts = problems.map(({ field, message }) => `${field}: ${message}`);
  const text = texts.length === 1 ? texts.join("") : `[${texts.join(", ")}]`;
  throw new StatusError(422, "Invalid", `${subject} "${metadata.name}" is invalid: ${text}`, {
    name: metadata.name,
    ...(group !== "" && { group }),
    kind,
    causes: problems.map((problem): StatusCause => ({ ...problem })),
  });
}

function groupOf({ apiVersion }: ApiObject): string {
  return apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
}
