import { fieldOf, isRecord, type JsonRecord } from "#kernel/json-value.ts";
import type { Facts } from "./go-facts.ts";
import type { Schema } from "../schema.ts";

/** A kind to begin with. */
export interface EncodedRoot {
  readonly schema: Schema;
  /** What the server makes of a body: decoded, defaulted and encoded again, whether or not it is valid. */
  readonly roundTrip: (body: JsonRecord) => Promise<unknown>;
}

/**
 * Learns from a server what its encoder does with members that are empty: every definition that can be reached from
 * `roots` is sent once without members, and once with every member that can be empty.
 */
export async function encodingFacts(roots: readonly EncodedRoot[]): Promise<Facts> {
  const facts = new Map<string, JsonRecord>();
  const visited = new Set<string>();
  const visit = async (place: Place): Promise<void> => {
    const { schema } = place;
    if (schema.items) await visit(elementOf(place, schema.items));
    if (typeof schema.additionalProperties === "object") await visit(memberOf(place, schema.additionalProperties));
    if (schema.definition === undefined || !schema.properties || visited.has(schema.definition)) return;
    visited.add(schema.definition);
    const [absent, empty] = await Promise.all([sent(place, {}), sent(place, emptyMembers(schema.properties))]);
    for (const [name, property] of Object.entries(schema.properties)) {
      const fact = factOf(property, fieldOf(absent, name), fieldOf(empty, name));
      if (fact) facts.set(`${schema.definition}/${name}`, fact);
      await visit(propertyOf(place, name, property));
    }
  };
  for (const { schema, roundTrip } of roots) {
    const wrap = (value: unknown): JsonRecord => (isRecord(value) ? value : {});
    await visit({ schema, roundTrip, wrap, unwrap: (body) => body });
  }
  return facts;
}

interface Place extends EncodedRoot {
  /** A whole body with this value in the place. */
  readonly wrap: (value: unknown) => JsonRecord;
  /** What a body holds in the place. */
  readonly unwrap: (body: unknown) => unknown;
}

async function sent({ roundTrip, wrap, unwrap }: Place, value: JsonRecord): Promise<unknown> {
  const answer = unwrap(await roundTrip(wrap(value)));
  return isRecord(answer) ? answer : {};
}

function elementOf({ roundTrip, wrap, unwrap }: Place, schema: Schema): Place {
  const first = (list: unknown): unknown => (Array.isArray(list) ? list[0] : undefined);
  return { schema, roundTrip, wrap: (value) => wrap([value]), unwrap: (body) => first(unwrap(body)) };
}

function memberOf(place: Place, schema: Schema): Place {
  return propertyOf(place, "k", schema);
}

function propertyOf({ roundTrip, wrap, unwrap }: Place, name: string, schema: Schema): Place {
  return {
    schema,
    roundTrip,
    wrap: (value) => wrap({ [name]: value }),
    unwrap: (body) => fieldOf(unwrap(body), name),
  };
}

function emptyMembers(properties: Readonly<Record<string, Schema>>): JsonRecord {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, property]) => {
      const empty = emptyOf(property);
      return empty === undefined || name === "apiVersion" || name === "kind" ? [] : [[name, empty]];
    }),
  );
}

/** `undefined` for what has no empty form. */
function emptyOf(schema: Schema): unknown {
  if (schema.format === "date-time") return undefined;
  if (schema.type === "object" && schema.additionalProperties !== undefined) return {};
  if (schema.definition !== undefined || schema.type === undefined) return undefined;
  return { string: "", array: [], boolean: false, integer: 0, number: 0, object: undefined }[schema.type];
}

function factOf(schema: Schema, absent: unknown, empty: unknown): JsonRecord | undefined {
  const sentEmpty = emptyOf(schema);
  const isKept = sentEmpty !== undefined && isSame(empty, sentEmpty) && !isSame(absent, sentEmpty);
  const fact = { ...defaultFact(schema, absent), ...(isKept && { "x-go-keeps-empty": true }) };
  return Object.keys(fact).length === 0 ? undefined : fact;
}

function defaultFact(schema: Schema, absent: unknown): JsonRecord | undefined {
  // Documented as the zero of its type, but left out.
  if (absent === undefined && schema.default !== undefined) return { default: undefined };
  // Encoded although nothing was sent: the zero of a type that is never left out.
  const isZero = absent === null || (schema.definition !== undefined && (absent === 0 || absent === "0"));
  return isZero ? { default: absent } : undefined;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
