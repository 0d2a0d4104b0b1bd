import { fieldOf, isRecord, type JsonRecord } from "#kernel/json-value.ts";
import type { StatusCause } from "../../api-status.ts";
import { duplicate, type FieldCause } from "../field-causes.ts";
import { goText } from "../go-text.ts";
import { memberSchema } from "../member-schema.ts";
import type { Schema } from "../schema.ts";

/** Elements that sets hold twice, and keys that map lists hold twice. (apiextensions: `ValidateListSetsAndMaps`) */
export function listDuplicates(schema: Schema, value: unknown, path = ""): StatusCause[] {
  if (schema.definition !== undefined) return [];
  if (Array.isArray(value)) return listCauses(schema, value, path);
  if (!isRecord(value)) return [];
  return Object.keys(value)
    .sort()
    .flatMap((name) => {
      const known = memberSchema(schema, name);
      return known ? listDuplicates(known, value[name], path === "" ? name : `${path}.${name}`) : [];
    });
}

function listCauses(schema: Schema, list: readonly unknown[], path: string): StatusCause[] {
  const { items } = schema;
  const own = repeated(identities(schema, list), path);
  return items
    ? [...own, ...list.flatMap((element, index) => listDuplicates(items, element, `${path}[${index}]`))]
    : own;
}

function identities(schema: Schema, list: readonly unknown[]): readonly unknown[] {
  if (schema["x-kubernetes-list-type"] === "set") return list;
  if (schema["x-kubernetes-list-type"] !== "map") return [];
  const keys = schema["x-kubernetes-list-map-keys"] ?? [];
  return list.map((element) => keysOf(element, keys));
}

function keysOf(element: unknown, keys: readonly string[]): JsonRecord {
  return Object.fromEntries(
    keys.flatMap((key) => (fieldOf(element, key) === undefined ? [] : [[key, fieldOf(element, key)]])),
  );
}

/** Told once for each that is repeated, where it is first repeated. */
function repeated(identities: readonly unknown[], path: string): FieldCause[] {
  const times = new Map<string, number>();
  return identities.flatMap((identity, index) => {
    const text = goText(identity);
    const seen = times.get(text) ?? 0;
    times.set(text, seen + 1);
    return seen === 1 ? [duplicate(`${path}[${index}]`, identity)] : [];
  });
}
