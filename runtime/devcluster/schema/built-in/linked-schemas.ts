import { fieldOf, isRecord, parseJson, textOf, type JsonRecord } from "#kernel/json-value.ts";
import type { Schema } from "../schema.ts";

/**
 * Finds schemas by definition name in a table with a definition a line, and what they refer to with them. A definition is
 * parsed when it is first needed: the whole table is more than most servers ever touch.
 */
export function linkedSchemas(
  table: string,
  { defaults = {}, fillIns = {} }: Additions = {},
): (definition: string) => Schema | undefined {
  const linked = new Map<string, Schema>();
  const texts = new Map<string, string>();
  const textOfDefinition = (name: string): string | undefined => {
    if (texts.size === 0) for (const line of table.split("\n")) texts.set(...nameAndText(line));
    return texts.get(name);
  };
  const schemaOf = (name: string): Schema | undefined => {
    const known = linked.get(name);
    if (known) return known;
    const definition = parseJson(textOfDefinition(name) ?? "");
    if (!isRecord(definition)) return undefined;
    const draft: Draft = {};
    // Before its members are linked, because they may lead back to it.
    linked.set(name, draft);
    return Object.assign(
      draft,
      linkedMembers(definition, link, defaults[name]),
      { definition: name },
      fillIns[name] && { fillIn: fillIns[name] },
    );
  };
  const link = (node: JsonRecord): Schema => {
    const target = schemaOf(textOf(node, "$ref") ?? "");
    if (!target) return linkedMembers(node, link, undefined);
    const { $ref: _, ...own } = node;
    return Object.keys(own).length === 0 ? target : { ...target, ...own };
  };
  return schemaOf;
}

/** By definition: what the server does that OpenAPI documents do not say. */
export interface Additions {
  /** Of its properties. */
  readonly defaults?: Readonly<Record<string, JsonRecord>>;
  readonly fillIns?: Readonly<Record<string, (value: JsonRecord) => JsonRecord>>;
}

type Draft = { -readonly [Member in keyof Schema]: Schema[Member] };

function nameAndText(line: string): [string, string] {
  const end = line.indexOf(" ");
  return [line.slice(0, end), line.slice(end + 1)];
}

/** @param defaults of the properties, by name */
function linkedMembers(node: JsonRecord, link: (node: JsonRecord) => Schema, defaults: JsonRecord | undefined): Schema {
  const { properties, items, additionalProperties } = node;
  return {
    ...node,
    ...(isRecord(properties) && { properties: linkedProperties(properties, link, defaults ?? {}) }),
    ...(isRecord(items) && { items: link(items) }),
    ...(isRecord(additionalProperties) && { additionalProperties: link(additionalProperties) }),
  };
}

function linkedProperties(
  properties: JsonRecord,
  link: (node: JsonRecord) => Schema,
  defaults: JsonRecord,
): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const ownDefault = fieldOf(defaults, name);
      const node = isRecord(property) ? property : {};
      return [name, link(ownDefault === undefined ? node : { ...node, default: ownDefault })];
    }),
  );
}
