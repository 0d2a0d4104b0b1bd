import type { ApiObject } from "../../api-object.ts";
import type { ServedResource } from "../../registry/served-resource.ts";
import { refusedFieldLabel } from "../../registry/field-labels.ts";
import { badRequest } from "../api-errors.ts";
import { fieldText } from "./field-text.ts";

export interface FieldSelector {
  readonly isEverything: boolean;
  matches(object: ApiObject): boolean;
}

interface Requirement {
  readonly field: string;
  readonly equals: boolean;
  readonly value: string;
}

/** kubectl's `--field-selector`: `metadata.name=a,status.phase!=Running`. Throws 400 for a field that has no selector. */
export function parseFieldSelector(text: string, resource: ServedResource): FieldSelector {
  const requirements = splitTerms(text).map((term) => requirementOf(term, text));
  for (const { field } of requirements) {
    const refusal = refusedFieldLabel(resource, field);
    if (refusal !== undefined) throw badRequest(refusal);
  }
  return {
    isEverything: requirements.length === 0,
    matches: (object) =>
      requirements.every(({ field, equals, value }) => (fieldText(object, field, resource) === value) === equals),
  };
}

const TERM = /(?:\\.|[^\\,])+/gs;
const OPERATOR = /^(.*?)(!=|==|=)(.*)$/s;

/** At commas that nothing escapes; empty terms are let pass. */
function splitTerms(text: string): readonly string[] {
  return text.match(TERM) ?? [];
}

function requirementOf(term: string, selector: string): Requirement {
  const [, field, operator, value] = OPERATOR.exec(term) ?? [];
  if (field === undefined || value === undefined)
    throw badRequest(`invalid selector: '${selector}'; can't understand '${term}'`);
  return { field, equals: operator !== "!=", value: unescaped(value) };
}

function unescaped(value: string): string {
  return value.replace(/\\(.?)|[=,]/gs, (found, escaped: string | undefined) => {
    if (escaped === undefined)
      throw badRequest(`invalid field selector: unescaped character in value: ${found.charCodeAt(0)}`);
    if (escaped === "" || !"\\,=".includes(escaped))
      throw badRequest(`invalid field selector: invalid escape sequence: ${found}`);
    return escaped;
  });
}
