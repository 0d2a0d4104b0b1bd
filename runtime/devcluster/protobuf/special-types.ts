import { parseJson } from "#kernel/json-value.ts";
import { int64Of, MalformedMessage, NO_BYTES, readWireFields, type WireField } from "./wire-fields.ts";

/** Reads a message of the type that the table describes. */
export type DecodeMessage = (message: string, bytes: Uint8Array) => unknown;

type ReadSpecial = (bytes: Uint8Array, decode: DecodeMessage) => unknown;

const SCHEMA_PROPS = "apiextensions/v1.JSONSchemaProps";
/** 0001-01-01 and 9999-12-31: what RFC 3339 can say. */
const FIRST_SECOND = -62_135_596_800;
const LAST_SECOND = 253_402_300_799;

/** Messages whose JSON is no object with their fields. */
export const SPECIAL_TYPES: Readonly<Record<string, ReadSpecial>> = {
  "meta/v1.Time": (bytes) => timeText(bytes, ""),
  "meta/v1.MicroTime": (bytes) => timeText(bytes, `.${microseconds(bytes)}`),
  "meta/v1.FieldsV1": embeddedJson,
  "api/resource.Quantity": (bytes) => textAt(fieldsByNumber(bytes), 1) || "0",
  "util/intstr.IntOrString": intOrString,
  "pkg/runtime.RawExtension": embeddedJson,
  "apiextensions/v1.JSON": embeddedJson,
  "apiextensions/v1.JSONSchemaPropsOrArray": (bytes, decode) => {
    const schemas = readWireFields(bytes).filter(({ number }) => number === 2);
    if (schemas.length > 0) return schemas.map((schema) => decode(SCHEMA_PROPS, schema.bytes));
    return schemaAt(fieldsByNumber(bytes), 1, decode) ?? null;
  },
  "apiextensions/v1.JSONSchemaPropsOrBool": (bytes, decode) => {
    const fields = fieldsByNumber(bytes);
    return schemaAt(fields, 2, decode) ?? numberAt(fields, 1) !== 0;
  },
  "apiextensions/v1.JSONSchemaPropsOrStringArray": (bytes, decode) => {
    const texts = readWireFields(bytes).filter(({ number }) => number === 2);
    if (texts.length > 0) return texts.map((text) => utf8(text.bytes));
    return schemaAt(fieldsByNumber(bytes), 1, decode) ?? null;
  },
};

/** As Go reads a string: bytes that are no UTF-8 become U+FFFD once they are JSON. */
export function utf8(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}

function timeText(bytes: Uint8Array, fraction: string): string | null {
  if (bytes.length === 0) return null;
  const seconds = numberAt(fieldsByNumber(bytes), 1);
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND) throw new MalformedMessage("year outside of range [0,9999]");
  return new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, `${fraction}Z`);
}

function microseconds(bytes: Uint8Array): string {
  const nanos = numberAt(fieldsByNumber(bytes), 2);
  if (nanos < 0 || nanos > 999_999_999) throw new MalformedMessage("nanoseconds outside of range [0,999999999]");
  return String(Math.floor(nanos / 1000)).padStart(6, "0");
}

function intOrString(bytes: Uint8Array): number | string {
  const fields = fieldsByNumber(bytes);
  if (numberAt(fields, 1) === 0) return numberAt(fields, 2) | 0;
  return textAt(fields, 3);
}

/** The field `raw`, which holds JSON. */
function embeddedJson(bytes: Uint8Array): unknown {
  const raw = textAt(fieldsByNumber(bytes), 1);
  if (raw === "") return null;
  const value = parseJson(raw);
  if (value === undefined) throw new MalformedMessage("embedded object is not JSON");
  return value;
}

function schemaAt(fields: ReadonlyMap<number, WireField>, number: number, decode: DecodeMessage): unknown {
  const field = fields.get(number);
  return field && decode(SCHEMA_PROPS, field.bytes);
}

function textAt(fields: ReadonlyMap<number, WireField>, number: number): string {
  return utf8(fields.get(number)?.bytes ?? NO_BYTES);
}

function numberAt(fields: ReadonlyMap<number, WireField>, number: number): number {
  const field = fields.get(number);
  return field ? int64Of(field) : 0;
}

/** Of a field that is there twice the last one counts. */
function fieldsByNumber(bytes: Uint8Array): ReadonlyMap<number, WireField> {
  return new Map(readWireFields(bytes).map((field) => [field.number, field]));
}
