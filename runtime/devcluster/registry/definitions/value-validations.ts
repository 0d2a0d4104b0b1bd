import { textOf, type JsonRecord } from "#kernel/json-value.ts";
import { forbidden, invalid, type FieldCause } from "../../schema/field-causes.ts";
import { goPattern } from "../../schema/validation/go-pattern.ts";
import { children, valueValidations } from "./schema-children.ts";

const INT_OR_STRING = { "x-kubernetes-int-or-string": true };

/** Members that schemas within `allOf`, `anyOf`, `oneOf` and `not` may not have, and what the server says of each. */
const NOT_IN_VALIDATIONS: Readonly<Record<string, string>> = {
  type: "must be empty to be structural",
  title: "must be empty to be structural",
  description: "must be empty to be structural",
  default: "must be undefined to be structural",
  nullable: "must be false to be structural",
  additionalProperties: "must be undefined to be structural",
  "x-kubernetes-preserve-unknown-fields": "must be undefined to be structural",
  "x-kubernetes-embedded-resource": "must be false to be structural",
  "x-kubernetes-int-or-string": "must be false to be structural",
};

/**
 * What is wrong with a schema that only says more of a value.
 * @param isFree it may say which types an int-or-string has
 */
export function valueValidationCauses(node: JsonRecord, path: string, isFree: boolean): FieldCause[] {
  const own = Object.entries(NOT_IN_VALIDATIONS).flatMap(([name, detail]) => {
    const isThere = node[name] !== undefined && node[name] !== null && node[name] !== false && node[name] !== "";
    return isThere && !(isFree && name === "type") ? [forbidden(`${path}.${name}`, detail)] : [];
  });
  const below = [...children(node, path), ...valueValidations(isFree ? { ...node, ...INT_OR_STRING } : node, path)];
  return [
    ...own,
    ...patternCauses(node, path),
    ...below.flatMap((child) => valueValidationCauses(child.schema, child.at, child.isFree)),
  ];
}

/** Texts that are no regular expressions. */
export function patternCauses(node: JsonRecord, path: string): FieldCause[] {
  const pattern = textOf(node, "pattern");
  if (pattern === undefined || goPattern(pattern)) return [];
  const missing = pattern.includes("(") ? "missing closing ): " : "";
  const detail = `must be a valid regular expression, but isn't: error parsing regexp: ${missing}\`${pattern}\``;
  return [invalid(`${path}.pattern`, pattern, detail)];
}
