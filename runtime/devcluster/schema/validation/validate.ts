import { isRecord } from "#kernel/json-value.ts";
import type { StatusCause } from "../../api-status.ts";
import { combinationCauses } from "./check-combinations.ts";
import { checkElements, checkMembers } from "./check-members.ts";
import { numberCauses, textCauses } from "./check-scalars.ts";
import { typeCauses } from "./check-type.ts";
import { merged, type Checked } from "./checked.ts";
import { notSupported, type FieldCause } from "../field-causes.ts";
import { goText } from "../go-text.ts";
import type { Schema } from "../schema.ts";

/**
 * What is wrong with a custom resource, in the words and, but for members of one object, in the order of the server, whose
 * own order of members is random: here it is alphabetical. Metadata is not looked at, and duplicates in lists are
 * `listDuplicates`.
 * (kube-openapi: `pkg/validation/validate`)
 */
export function validate(schema: Schema, value: unknown, path = ""): StatusCause[] {
  return check(schema, value, path).causes;
}

const NOTHING: Checked = { causes: [], matches: 0 };

function check(schema: Schema, value: unknown, path: string): Checked {
  if (schema.definition !== undefined) return NOTHING;
  const type = { causes: typeCauses(schema, value, path), matches: 1 };
  if (value === null) return merged([type, { causes: enumCauses(schema, value, path), matches: 0 }]);
  return merged([
    type,
    combinationCauses(schema, value, path, check),
    { causes: textCauses(schema, value, path), matches: typeof value === "string" ? 1 : 0 },
    { causes: numberCauses(schema, value, path), matches: typeof value === "number" ? 1 : 0 },
    ...(Array.isArray(value) ? [checkElements(schema, value, path, check)] : []),
    { causes: enumCauses(schema, value, path), matches: 1 },
    ...(isRecord(value) ? [checkMembers(schema, value, path, check)] : []),
  ]);
}

function enumCauses(schema: Schema, value: unknown, path: string): FieldCause[] {
  // A null is never among them, not even where it is listed.
  const isAllowed = value !== null && schema.enum?.some((allowed) => goText(allowed) === goText(value));
  if (!schema.enum || isAllowed === true) return [];
  return [notSupported(path, value, schema.enum)];
}
