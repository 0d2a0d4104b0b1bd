import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { acceptsAnyMember, memberSchema } from "../member-schema.ts";
import { canonicalQuantity } from "./quantity.ts";
import type { Schema } from "../schema.ts";
import { canonicalTime } from "./time.ts";

/**
 * An object of a built-in kind as it is after the server has decoded it: without unknown members, nulls, and empty values
 * that Go leaves out; quantities, times and base64 in their one form. Its types are right (see `decodingError`).
 */
export function storedForm(schema: Schema, value: JsonRecord): JsonRecord {
  return formOfMembers(schema, value);
}

function formOf(schema: Schema, value: unknown, list: string | undefined): unknown {
  if (schema.definition === "resource.Quantity")
    return canonicalQuantity(value, list === RESOURCE_LIST ? "milli" : "nano");
  if (typeof value === "string") return formOfText(schema, value);
  if (schema.format === "byte" && Array.isArray(value)) return Buffer.from(value.map(Number)).toString("base64");
  const { items } = schema;
  if (Array.isArray(value) && items) return value.map((element) => formOf(items, element ?? zeroOf(items), undefined));
  return isRecord(value) ? formOfMembers(schema, value) : value;
}

const RESOURCE_LIST = "v1.ResourceList";

function formOfMembers(schema: Schema, value: JsonRecord): JsonRecord {
  const isMap = typeof schema.additionalProperties === "object";
  const entries = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
    const known = memberSchema(schema, name);
    if (!known) return acceptsAnyMember(schema) ? [[name, member]] : [];
    if (isMap) return [[name, formOf(known, member ?? zeroOf(known), schema["x-go-type"])]];
    if (member === null) return [];
    const form = formOf(known, member, undefined);
    return isLeftOut(known, form) ? [] : [[name, form]];
  });
  return Object.fromEntries(entries);
}

function formOfText(schema: Schema, text: string): string {
  if (schema.format === "date-time") return canonicalTime(text, schema.definition === "meta.v1.MicroTime");
  return schema.format === "byte" ? text.replace(/[\r\n]/g, "") : text;
}

/** Go's zero for a null among elements. */
function zeroOf(schema: Schema): unknown {
  if (schema.definition === "resource.Quantity") return "0";
  if (schema.type === undefined || schema.type === "array") return schema.properties ? {} : null;
  return { string: "", boolean: false, integer: 0, number: 0, object: {} }[schema.type];
}

function isLeftOut(schema: Schema, value: unknown): boolean {
  if (schema["x-go-keeps-empty"] === true || schema["x-kubernetes-int-or-string"] === true) return false;
  if (value === "" || value === 0 || value === false) return schema.default !== value;
  if (Array.isArray(value)) return value.length === 0;
  const isMap = typeof schema.additionalProperties === "object";
  return isMap && isRecord(value) && Object.keys(value).length === 0;
}
