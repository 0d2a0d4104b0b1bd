import type { JsonRecord } from "#kernel/json-value.ts";
import { invalid, required, tooMany, type FieldCause } from "../field-causes.ts";
import { memberSchema } from "../member-schema.ts";
import type { Schema } from "../schema.ts";
import { merged, type Check, type Checked } from "./checked.ts";

/** The elements of a list, then its length. */
export function checkElements(schema: Schema, list: readonly unknown[], path: string, check: Check): Checked {
  const { items, minItems, maxItems } = schema;
  const elements = items ? list.map((element, index) => check(items, element, `${path}[${index}]`)) : [];
  const causes: FieldCause[] = [];
  if (minItems !== undefined && list.length < minItems) {
    causes.push(invalid(path, list.length, `${path} in body should have at least ${minItems} items`));
  }
  if (maxItems !== undefined && list.length > maxItems) causes.push(tooMany(path, list.length, maxItems));
  return merged([...elements, { causes, matches: 1 }]);
}

/** The number of an object's members, the members, then those that lack. */
export function checkMembers(schema: Schema, value: JsonRecord, path: string, check: Check): Checked {
  const { minProperties, maxProperties } = schema;
  const names = Object.keys(value);
  const causes: FieldCause[] = [];
  if (minProperties !== undefined && names.length < minProperties) {
    causes.push(invalid(path, names.length, `${path} in body should have at least ${minProperties} properties`));
  }
  if (maxProperties !== undefined && names.length > maxProperties) {
    causes.push(tooMany(path, names.length, maxProperties));
  }
  const at = (name: string): string => (path === "" ? name : `${path}.${name}`);
  const members = names.sort().flatMap((name) => {
    const known = memberSchema(schema, name);
    return known ? [check(known, value[name], at(name))] : [];
  });
  const absent = (schema.required ?? []).filter((name) => !Object.hasOwn(value, name));
  return merged([{ causes, matches: 1 }, ...members, { causes: absent.map((name) => required(at(name))), matches: 0 }]);
}
