import { isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";
import type { StatusCause } from "../api-status.ts";
import { invalid, type FieldCause } from "../schema/field-causes.ts";
import { listDuplicates } from "../schema/list-duplicates.ts";
import { memberSchema } from "../schema/member-schema.ts";
import type { Schema } from "../schema/schema.ts";
import { validate } from "../schema/validate.ts";
import { kindFault } from "./name-rules.ts";

/** What is wrong with a custom resource beside its metadata: its schema, the resources that it embeds, its lists. */
export function customCauses(schema: Schema, object: JsonRecord): StatusCause[] {
  return [...validate(schema, object), ...embeddedCauses(schema, object, ""), ...listDuplicates(schema, object)];
}

function embeddedCauses(schema: Schema, value: unknown, path: string): FieldCause[] {
  const { items } = schema;
  if (schema.definition !== undefined) return [];
  if (Array.isArray(value)) {
    return items ? value.flatMap((element, index) => embeddedCauses(items, element, `${path}[${index}]`)) : [];
  }
  if (!isRecord(value)) return [];
  const own = schema["x-kubernetes-embedded-resource"] === true ? identityCauses(value, path) : [];
  const members = Object.keys(value)
    .sort()
    .flatMap((name) => {
      const known = memberSchema(schema, name);
      return known ? embeddedCauses(known, value[name], path === "" ? name : `${path}.${name}`) : [];
    });
  return [...own, ...members];
}

function identityCauses(resource: JsonRecord, path: string): FieldCause[] {
  const [kind, apiVersion] = [textOf(resource, "kind"), textOf(resource, "apiVersion")];
  const kindText = kind === undefined ? undefined : kindFault(kind);
  const isVersion = apiVersion === undefined || (apiVersion !== "" && apiVersion.split("/").length <= 2);
  return [
    ...(kindText === undefined ? [] : [invalid(`${path}.kind`, kind, kindText)]),
    ...(isVersion ? [] : [invalid(`${path}.apiVersion`, apiVersion, `unexpected GroupVersion string: ${apiVersion}`)]),
  ];
}
