/**
 * The TypeScript type of what an OpenAPI v3 schema describes, as Kubernetes uses them: structural schemas with their
 * `x-kubernetes-*` extensions, and references. Generators for OpenAPI know nothing of the extensions, and bring a compiler
 * or a formatter along.
 */
import { quotedText } from "#handler-api/type-source.ts";
import { elementsOf, fieldOf, isRecord, type JsonRecord, textOf, textsOf } from "#kernel/json-value.ts";
import { type Member, type ObjectMembers, oneOf, plain, type TypeNode, UNKNOWN } from "./type-node.ts";

/** Schemas that people write end before. */
const MAX_NESTING = 200;
/** A default that is longer says little in a comment. */
const LONGEST_DEFAULT = 80;

export class SchemaTypes {
  readonly #references: ReadonlyMap<string, JsonRecord>;
  /** The schemas around the one that is read. */
  readonly #around = new Set<unknown>();

  /** @param references what `$ref` refers to, by its whole text */
  constructor(references: ReadonlyMap<string, JsonRecord>) {
    this.#references = references;
  }

  /** `unknown` for what says nothing, contains itself, or has no end. */
  typeOf(schema: unknown): TypeNode {
    if (!isRecord(schema) || this.#around.size > MAX_NESTING) return UNKNOWN;
    const read = [schema, ...this.#targetsOf(schema)];
    if (read.some((one) => this.#around.has(one))) return UNKNOWN;
    for (const one of read) this.#around.add(one);
    const whole = this.resolved(schema);
    const found = this.#notNull(whole);
    for (const one of read) this.#around.delete(one);
    return whole["nullable"] === true ? oneOf([found, plain("null")]) : found;
  }

  /** Sorted by name, so that a server and a file say the same. */
  membersOf(schema: JsonRecord): ObjectMembers {
    const properties = fieldOf(schema, "properties");
    const required = new Set(textsOf(schema, "required"));
    const names = isRecord(properties) ? Object.keys(properties).sort() : [];
    const members = names.map((name) => this.#memberOf(name, fieldOf(properties, name), required.has(name)));
    return { members, isOpen: allowsMore(schema) };
  }

  #memberOf(name: string, schema: unknown, isRequired: boolean): Member {
    const description = isRecord(schema) ? descriptionOf(this.resolved(schema)) : "";
    return { name, isOptional: !isRequired, description, value: this.typeOf(schema) };
  }

  /** With what it refers to in it. What it says itself goes first. */
  resolved(schema: JsonRecord): JsonRecord {
    const targets = this.#targetsOf(schema);
    return targets.length === 0 ? schema : { ...Object.fromEntries(targets.flatMap(Object.entries)), ...schema };
  }

  /** Beside other members a reference stands in `allOf`. */
  #targetsOf(schema: JsonRecord): readonly JsonRecord[] {
    const parts = [schema, ...elementsOf(schema, "allOf")];
    return parts.flatMap((part): JsonRecord[] => {
      const target = this.#references.get(textOf(part, "$ref") ?? "");
      return target ? [target] : [];
    });
  }

  #notNull(schema: JsonRecord): TypeNode {
    if (isIntOrString(schema)) return oneOf([plain("number"), plain("string")]);
    const literals = literalsOf(schema);
    if (literals.length > 0) return oneOf(literals.map(plain));
    if (schema["x-kubernetes-embedded-resource"] === true) return this.#embeddedObject(schema);
    switch (schema["type"]) {
      case "string":
      case "boolean":
        return plain(schema["type"]);
      case "integer":
      case "number":
        return plain("number");
      case "array":
        return { type: "array", item: this.typeOf(schema["items"]) };
      case "object":
        return this.#object(schema);
      default:
        return isRecord(schema["properties"]) ? this.#object(schema) : this.#alternatives(schema);
    }
  }

  #object(schema: JsonRecord): TypeNode {
    const object = this.membersOf(schema);
    if (object.members.length > 0) return { type: "object", ...object };
    return { type: "map", values: this.typeOf(schema["additionalProperties"]) };
  }

  /** A whole object of some kind. */
  #embeddedObject(schema: JsonRecord): TypeNode {
    const { members, isOpen } = this.membersOf(schema);
    const own = members.filter(({ name }) => !EMBEDDED_MEMBERS.some((one) => one.name === name));
    return { type: "object", members: [...EMBEDDED_MEMBERS, ...own], isOpen };
  }

  /** Structural schemas always say the type; others may leave it to these. */
  #alternatives(schema: JsonRecord): TypeNode {
    const ways = [...elementsOf(schema, "oneOf"), ...elementsOf(schema, "anyOf")];
    return oneOf(ways.map((way) => this.typeOf(way)));
  }
}

const EMBEDDED_MEMBERS: readonly Member[] = [
  { name: "apiVersion", isOptional: false, description: "", value: plain("string") },
  { name: "kind", isOptional: false, description: "", value: plain("string") },
  { name: "metadata", isOptional: true, description: "", value: plain("Partial<LiveMetadata>") },
];

/** The description, and below it the default. */
export function descriptionOf(schema: JsonRecord): string {
  const description = textOf(schema, "description") ?? "";
  const { default: value } = schema;
  const text = value === undefined || value === null ? "" : JSON.stringify(value);
  return text === "" || text.length > LONGEST_DEFAULT ? description : `${description}\n@default ${text}`;
}

function allowsMore(schema: JsonRecord): boolean {
  const { additionalProperties } = schema;
  const isMap = additionalProperties === true || isRecord(additionalProperties);
  return isMap || schema["x-kubernetes-preserve-unknown-fields"] === true;
}

function isIntOrString(schema: JsonRecord): boolean {
  return schema["x-kubernetes-int-or-string"] === true || schema["format"] === "int-or-string";
}

/** None if a value is no literal in TypeScript. */
function literalsOf(schema: JsonRecord): string[] {
  const values = elementsOf(schema, "enum");
  if (values.some((value) => typeof value === "object" && value !== null)) return [];
  return values.map((value) => (typeof value === "string" ? quotedText(value) : String(value)));
}
