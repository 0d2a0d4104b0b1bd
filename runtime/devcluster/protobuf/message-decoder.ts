import type { JsonRecord } from "#kernel/json-value.ts";
import { fieldsOfMessage, type FieldType } from "./message-type.ts";
import { SPECIAL_TYPES, utf8 } from "./special-types.ts";
import { int64Of, MalformedMessage, NO_BYTES, readWireFields, type WireField } from "./wire-fields.ts";

/** Far deeper than any schema in a CustomResourceDefinition. */
const MAX_DEPTH = 500;
const THE_LIST = "[]";
const ABSENT: WireField = { number: 0, wireType: 0, low: 0, high: 0, bytes: NO_BYTES };
const WIRE_TYPES: Readonly<Record<string, number>> = { bool: 0, int32: 0, int64: 0, float64: 1 };
const BYTES = 2;

/**
 * Gives the JSON of a message, for example of a `core/v1.Pod`, as a Go client would write it: a Go client always sends
 * the fields that are no pointers, so that only Go's rules tell which of them its JSON leaves out.
 */
export class MessageDecoder {
  readonly #types = new Map<string, readonly FieldType[]>();

  /** Of a message whose JSON is an object. */
  decodeRecord(message: string, bytes: Uint8Array, depth = 0): JsonRecord {
    const wire = Map.groupBy(readWireFields(bytes), ({ number }) => number);
    const members: [string, unknown][] = [];
    for (const field of this.#fieldsOf(message)) {
      const found = wire.get(field.number) ?? [];
      if (field.name === "") members.push(...Object.entries(this.#inlined(field, found.at(-1), depth)));
      else members.push([field.name, this.#member(field, found, depth)]);
    }
    // Unlike an assignment this makes an ordinary member of `__proto__`.
    return Object.fromEntries(members.filter(([, value]) => value !== undefined));
  }

  #inlined(field: FieldType, wire: WireField | undefined, depth: number): JsonRecord {
    if (wire) expectWireType(field, wire, BYTES);
    return this.decodeRecord(field.type, wire?.bytes ?? NO_BYTES, depth + 1);
  }

  /** `undefined`: left out. */
  #member(field: FieldType, found: readonly WireField[], depth: number): unknown {
    const last = found.at(-1);
    if (field.shape === "one") return this.#value(field, last, depth);
    if (last === undefined) return field.omitEmpty ? undefined : null;
    if (field.shape === "pointer") return this.#decode(field, last, depth);
    if (field.shape === "list") return found.map((element) => this.#decode(field, element, depth));
    return Object.fromEntries(found.map((entry) => this.#entry(field, entry, depth)));
  }

  #value(field: FieldType, wire: WireField | undefined, depth: number): unknown {
    const { type, omitEmpty, omitZero } = field;
    const isEmpty = wire === undefined || wire.bytes.length === 0;
    if (omitZero && isEmpty) return undefined;
    if (type === "bytes" && isEmpty && (omitEmpty || wire === undefined)) return omitEmpty ? undefined : null;
    const value = this.#decode(field, wire ?? zeroOf(type), depth);
    return omitEmpty && (value === "" || value === 0 || value === false) && isScalar(type) ? undefined : value;
  }

  #entry(field: FieldType, wire: WireField, depth: number): [string, unknown] {
    expectWireType(field, wire, BYTES);
    const parts = new Map(readWireFields(wire.bytes).map((part) => [part.number, part]));
    return [utf8(parts.get(1)?.bytes ?? NO_BYTES), this.#decode(field, parts.get(2) ?? zeroOf(field.type), depth)];
  }

  #decode(field: FieldType, wire: WireField, depth: number): unknown {
    const { type } = field;
    expectWireType(field, wire, WIRE_TYPES[type] ?? BYTES);
    if (type === "string") return utf8(wire.bytes);
    if (type === "bool") return wire.low !== 0 || wire.high !== 0;
    if (type === "int32") return wire.low | 0;
    if (type === "int64") return int64Of(wire);
    if (type === "float64") return new Float64Array(Uint32Array.of(wire.low, wire.high).buffer)[0];
    if (type === "bytes") return Buffer.from(wire.bytes).toString("base64");
    return this.#decodeMessage(type, wire.bytes, depth + 1);
  }

  #decodeMessage(message: string, bytes: Uint8Array, depth: number): unknown {
    if (depth > MAX_DEPTH) throw new MalformedMessage("exceeded max depth");
    const special = SPECIAL_TYPES[message];
    if (special) return special(bytes, (inner, innerBytes) => this.#decodeMessage(inner, innerBytes, depth + 1));
    const record = this.decodeRecord(message, bytes, depth);
    return this.#fieldsOf(message)[0]?.name === THE_LIST ? (record[THE_LIST] ?? []) : record;
  }

  #fieldsOf(message: string): readonly FieldType[] {
    const fields = this.#types.get(message) ?? fieldsOfMessage(message);
    this.#types.set(message, fields);
    return fields;
  }
}

function expectWireType({ name }: FieldType, { wireType }: WireField, expected: number): void {
  if (wireType === expected) return;
  const goName = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  throw new MalformedMessage(`proto: wrong wireType = ${wireType} for field ${goName}`);
}

function zeroOf(type: string): WireField {
  return { ...ABSENT, wireType: WIRE_TYPES[type] ?? BYTES };
}

function isScalar(type: string): boolean {
  return type === "string" || type in WIRE_TYPES;
}
