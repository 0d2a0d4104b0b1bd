import { StatusError } from "../api-status.ts";

/** What is wrong with one option of a request (apimachinery: `field.Error`). */
export interface OptionProblem {
  readonly field: string;
  readonly reason: "FieldValueForbidden" | "FieldValueNotSupported" | "FieldValueInvalid";
  /** With its kind in front: `Forbidden: …`. */
  readonly message: string;
}

/** Throws 422 if there is a problem. @param kind of the options: `ListOptions` */
export function refuseProblems(kind: string, problems: readonly OptionProblem[]): void {
  if (problems.length === 0) return;
  const texts = problems.map(({ field, message }) => `${field}: ${message}`);
  const text = texts.length === 1 ? texts.join() : `[${texts.join(", ")}]`;
  throw new StatusError(422, "Invalid", `${kind}.meta.k8s.io "" is invalid: ${text}`, {
    group: "meta.k8s.io",
    kind,
    causes: problems.map(({ field, reason, message }) => ({ reason, message, field })),
  });
}

export function forbiddenOption(field: string, why: string): OptionProblem {
  return { field, reason: "FieldValueForbidden", message: `Forbidden: ${why}` };
}

export function unsupportedOption(field: string, value: string, supported: readonly string[]): OptionProblem {
  const values = supported.map((each) => `"${each}"`).join(", ");
  const message = `Unsupported value: "${value}": supported values: ${values}`;
  return { field, reason: "FieldValueNotSupported", message };
}
