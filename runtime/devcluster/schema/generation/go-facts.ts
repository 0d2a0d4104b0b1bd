import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { goTypeOf } from "../go-type.ts";
import type { Schema } from "../schema.ts";

/** What the server says of a body that it cannot decode, for a kind that can be created. */
export type Refusal = (body: JsonRecord) => Promise<string>;

/** A kind to begin with. */
export interface Root {
  readonly schema: Schema;
  readonly refusal: Refusal;
}

/** Of a place such as `core.v1.Pod/spec` or `core.v1.PodSpec/containers/[]`. */
export type Facts = ReadonlyMap<string, JsonRecord>;

const ERROR =
  / cannot be handled as .*json: cannot unmarshal \S+ (?:\S+ )?into Go struct field [^ .]*\.(\S*) of type (.+)$/;

/**
 * Learns from a server how its decoding errors name types and places, where that does not follow from its OpenAPI
 * documents: every member that can be reached from `roots` is sent with a value of a wrong type.
 */
export async function goFacts(roots: readonly Root[]): Promise<Facts> {
  const facts = new Map<string, JsonRecord>();
  const visited = new Set<string>();

  const visitDefinition = async (place: Place): Promise<void> => {
    const { schema } = place;
    if (schema.definition === undefined || visited.has(schema.definition)) return;
    visited.add(schema.definition);
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      const label = `${schema.definition}/${name}`;
      const fact = await visit({ ...place, label, schema: property, wrap: (value) => place.wrap({ [name]: value }) });
      const embedded = fact.path.split(".").slice(place.depth, -1).join(".");
      if (embedded !== "") facts.set(label, { ...facts.get(label), "x-go-embedded": embedded });
    }
  };

  const visit = async (place: Place): Promise<GoError> => {
    const { schema, label, wrap } = place;
    const error = readError(await place.refusal(wrap(wrongValue(schema))));
    if (error && error.type !== goTypeOf(schema)) facts.set(label, { "x-go-type": error.type });
    const depth = error ? error.path.split(".").length : place.depth;
    const { items, additionalProperties, properties } = schema;
    if (properties) await visitDefinition({ ...place, depth });
    if (items) await visit({ ...place, depth, label: `${label}/[]`, schema: items, wrap: (value) => wrap([value]) });
    if (typeof additionalProperties === "object") {
      const members = { schema: additionalProperties, wrap: (value: unknown) => wrap({ k: value }) };
      await visit({ ...place, ...members, depth, label: `${label}/{}` });
    }
    return error ?? { path: "", type: "" };
  };

  for (const { schema, refusal } of roots) {
    const wrap = (value: unknown): JsonRecord => (isRecord(value) ? value : {});
    await visitDefinition({ schema, refusal, wrap, label: "", depth: 0 });
  }
  return facts;
}

interface Place {
  readonly label: string;
  readonly schema: Schema;
  readonly refusal: Refusal;
  /** A whole body with this value in the place. */
  readonly wrap: (value: unknown) => JsonRecord;
  /** How many parts the server's path to the place has. */
  readonly depth: number;
}

interface GoError {
  readonly path: string;
  readonly type: string;
}

function readError(message: string): GoError | undefined {
  const [, path, type] = ERROR.exec(message) ?? [];
  return path === undefined || type === undefined ? undefined : { path, type };
}

function wrongValue(schema: Schema): unknown {
  if (schema.type === undefined) return schema.properties ? "x" : true;
  return schema.type === "string" ? 1 : "x";
}
