import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { base64Error } from "./base64-error.ts";
import { goTypeOf } from "../go-type.ts";
import { quantityError } from "./quantity.ts";
import type { Schema } from "../schema.ts";
import { timeError } from "./time.ts";

/**
 * Why the server cannot read the value as what the schema of a built-in kind says, in the words of its JSON decoder, which
 * tells the first fault only: `json: cannot unmarshal bool into Go struct field ConfigMap.data of type string`.
 * `undefined`: it can.
 */
export function decodingError(schema: Schema, value: unknown): string | undefined {
  const fault = firstFault(schema, value, { struct: "", path: [] });
  return fault?.text;
}

/** Types that read themselves end the decoding; of the other faults the decoder remembers the first and goes on. */
interface Fault {
  readonly text: string;
  readonly ends: boolean;
}

interface Place {
  /** The Go struct that holds the member. */
  readonly struct: string;
  readonly path: readonly string[];
}

function firstFault(schema: Schema, value: unknown, place: Place): Fault | undefined {
  if (value === null || value === undefined) return undefined;
  const own = ownFault(schema, value, place);
  return own === undefined ? faultOfMembers(schema, value, place) : own;
}

function ownFault(schema: Schema, value: unknown, place: Place): Fault | undefined {
  if (schema.definition === "resource.Quantity") return ending(quantityError(value));
  if (schema["x-kubernetes-int-or-string"] === true) return intOrStringFault(value, place);
  if (schema.type === "string" || schema.format === "byte") return textFault(schema, value, place);
  if (schema.type === "integer") return integerFault(schema, value, place);
  if (schema.type === undefined || hasType(schema, value)) return undefined;
  return mismatch(jsonTypeOf(value), goTypeOf(schema), place);
}

function textFault(schema: Schema, value: unknown, place: Place): Fault | undefined {
  if (schema.format === "byte" && Array.isArray(value)) return firstByteFault(value, place);
  if (typeof value !== "string") return mismatch(jsonTypeOf(value), goTypeOf(schema), place);
  if (schema.format === "byte") return noted(base64Error(value));
  return schema.format === "date-time"
    ? ending(timeError(value, schema.definition === "meta.v1.MicroTime"))
    : undefined;
}

/** Bytes may also be a list of numbers. */
function firstByteFault(list: readonly unknown[], place: Place): Fault | undefined {
  const wrong = list.find((byte) => !isByte(byte));
  if (wrong === undefined) return undefined;
  return mismatch(typeof wrong === "number" ? `number ${wrong}` : jsonTypeOf(wrong), "uint8", place);
}

function isByte(value: unknown): boolean {
  return value === null || (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 255);
}

const INT32_MAX = 2 ** 31 - 1;

function integerFault(schema: Schema, value: unknown, place: Place): Fault | undefined {
  if (typeof value !== "number") return mismatch(jsonTypeOf(value), goTypeOf(schema), place);
  const fits = schema.format !== "int32" || (value <= INT32_MAX && value >= -INT32_MAX - 1);
  return Number.isInteger(value) && fits ? undefined : mismatch(`number ${value}`, goTypeOf(schema), place);
}

function intOrStringFault(value: unknown, place: Place): Fault | undefined {
  if (typeof value === "string") return undefined;
  const fault = integerFault({ type: "integer", format: "int32" }, value, place);
  return fault && { ...fault, ends: true };
}

function hasType({ type }: Schema, value: unknown): boolean {
  if (type === "array") return Array.isArray(value);
  return type === "object" ? isRecord(value) : typeof value === type;
}

function faultOfMembers(schema: Schema, value: unknown, place: Place): Fault | undefined {
  let first: Fault | undefined;
  for (const [member, memberSchema, memberPlace] of members(schema, value, place)) {
    const fault = firstFault(memberSchema, member, memberPlace);
    if (fault?.ends === true) return fault;
    first ??= fault;
  }
  return first;
}

function members(schema: Schema, value: unknown, place: Place): [unknown, Schema, Place][] {
  const { items, additionalProperties } = schema;
  if (Array.isArray(value) && items) return value.map((element) => [element, items, place]);
  if (!isRecord(value)) return [];
  if (typeof additionalProperties === "object") {
    return Object.values(value).map((member) => [member, additionalProperties, place]);
  }
  return propertiesOf(schema, value, place);
}

function propertiesOf(schema: Schema, value: JsonRecord, place: Place): [unknown, Schema, Place][] {
  const struct = schema.definition?.split(".").at(-1) ?? "";
  return Object.entries(value).flatMap(([name, member]): [unknown, Schema, Place][] => {
    const property = schema.properties?.[name];
    if (!property) return [];
    const embedded = property["x-go-embedded"]?.split(".") ?? [];
    return [[member, property, { struct, path: [...place.path, ...embedded, name] }]];
  });
}

function jsonTypeOf(value: unknown): string {
  if (typeof value === "boolean") return "bool";
  return Array.isArray(value) ? "array" : typeof value;
}

function mismatch(value: string, type: string, { struct, path }: Place): Fault {
  const place = struct === "" ? "Go value" : `Go struct field ${struct}.${path.join(".")}`;
  return { text: `json: cannot unmarshal ${value} into ${place} of type ${type}`, ends: false };
}

function ending(text: string | undefined): Fault | undefined {
  return text === undefined ? undefined : { text, ends: true };
}

function noted(text: string | undefined): Fault | undefined {
  return text === undefined ? undefined : { text, ends: false };
}
