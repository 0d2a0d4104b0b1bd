import { type StatusCause, StatusError } from "../../api-status.ts";
import { difference, type FieldSet, intersection, isEmpty, pathsOf } from "../field-sets/field-set.ts";
import { identity, type Manager, type Owner } from "../owners/managed-fields.ts";
import { pathText } from "../field-sets/path-element.ts";

/** Fields that somebody else owns and that an apply would change. */
export interface Conflict {
  readonly owner: Manager;
  readonly fields: FieldSet;
}

export function conflictsWith(others: readonly Owner[], changed: FieldSet): readonly Conflict[] {
  return nonEmpty(others.map((owner) => ({ owner, fields: intersection(owner.fields, changed) })));
}

export function withoutAllowed(conflicts: readonly Conflict[], allowed: FieldSet): readonly Conflict[] {
  return nonEmpty(conflicts.map(({ owner, fields }) => ({ owner, fields: difference(fields, allowed) })));
}

export function conflictError(conflicts: readonly Conflict[]): StatusError {
  const sorted = conflicts.toSorted((a, b) => (identity(a.owner) < identity(b.owner) ? -1 : 1));
  const causes = sorted.flatMap(({ owner, fields }): StatusCause[] =>
    Array.from(pathsOf(fields), (path) => ({
      reason: "FieldManagerConflict",
      message: `conflict with ${nameOf(owner)}`,
      field: pathText(path),
    })),
  );
  const [first] = causes;
  const summary =
    causes.length === 1 && first
      ? `1 conflict: ${first.message}: ${first.field}`
      : `${causes.length} conflicts: ${sorted.map(conflictText).join("\n")}`;
  return new StatusError(409, "Conflict", `Apply failed with ${summary}`, { causes });
}

function conflictText({ owner, fields }: Conflict): string {
  const paths = Array.from(pathsOf(fields), (path) => `- ${pathText(path)}`);
  return [`conflicts with ${nameOf(owner)}:`, ...paths].join("\n");
}

function nameOf({ name, operation, apiVersion, subresource }: Manager): string {
  const through = subresource === "" ? "" : ` with subresource ${JSON.stringify(subresource)}`;
  return `${JSON.stringify(name)}${through}${operation === "Update" ? ` using ${apiVersion}` : ""}`;
}

function nonEmpty(conflicts: readonly Conflict[]): readonly Conflict[] {
  return conflicts.filter(({ fields }) => !isEmpty(fields));
}
