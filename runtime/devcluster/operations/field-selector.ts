import { fieldOf } from "#kernel/json-value.ts";
import type { ApiObject } from "../api-object.ts";
import type { ServedResource } from "../registry/served-resource.ts";
import { badRequest } from "./api-errors.ts";

export interface FieldSelector {
  readonly isEverything: boolean;
  matches(object: ApiObject): boolean;
}

interface Requirement {
  readonly path: readonly string[];
  readonly equals: boolean;
  readonly value: string;
}

const ESCAPED = /\\([\\,=])/g;

/** kubectl's `--field-selector`: `metadata.name=a,status.phase!=Running`. Throws 400 for a field that has no selector. */
export function parseFieldSelector(text: string, resource: ServedResource): FieldSelector {
  const requirements = text
    .split(/(?<!\\),/)
    .filter((term) => term !== "")
    .map((term) => requirementOf(term, text, resource));
  return {
    isEverything: requirements.length === 0,
    matches: (object) => requirements.every(({ path, equals, value }) => (textAt(object, path) === value) === equals),
  };
}

function requirementOf(term: string, selector: string, resource: ServedResource): Requirement {
  const [, field, operator, value] = /^([^=!]*)(==|!=|=)(.*)$/.exec(term) ?? [];
  if (field === undefined || value === undefined)
    throw badRequest(`invalid selector: '${selector}'; can't understand '${term}'`);
  if (!isSelectable(field, resource)) throw badRequest(unknownField(field, resource));
  return { path: field.split("."), equals: operator !== "!=", value: value.replace(ESCAPED, "$1") };
}

function isSelectable(field: string, { selectableFields, namespaced }: ServedResource): boolean {
  if (field === "metadata.name") return true;
  return (namespaced && field === "metadata.namespace") || selectableFields.includes(field);
}

/** Kinds with selectors of their own say it otherwise than those that have none. */
function unknownField(field: string, { selectableFields, custom }: ServedResource): string {
  return selectableFields.length > 0 || custom
    ? `field label not supported: ${field}`
    : `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`;
}

function textAt(object: ApiObject, path: readonly string[]): string {
  const value = path.reduce<unknown>(fieldOf, object);
  if (typeof value === "string") return value;
  return typeof value === "boolean" || typeof value === "number" ? String(value) : "";
}
