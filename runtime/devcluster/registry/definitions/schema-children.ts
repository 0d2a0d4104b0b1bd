import { elementsOf, isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { recordAt } from "../../record-at.ts";

/** A schema within another one of a CustomResourceDefinition, and the server's name of its place. */
export interface Child {
  readonly schema: JsonRecord;
  readonly at: string;
  readonly isItem?: boolean;
  /** May say what types an int-or-string has. */
  readonly isFree: boolean;
}

/** Of its elements and members. */
export function children(node: JsonRecord, path: string): Child[] {
  const { items, additionalProperties } = node;
  const properties = Object.entries(recordAt(node, "properties")).map(([name, schema]) => ({
    schema: isRecord(schema) ? schema : {},
    at: `${path}.properties[${name}]`,
    isFree: false,
  }));
  return [
    ...(isRecord(items) ? [{ schema: items, at: `${path}.items`, isItem: true, isFree: false }] : []),
    ...properties,
    ...(isRecord(additionalProperties)
      ? [{ schema: additionalProperties, at: `${path}.additionalProperties`, isFree: false }]
      : []),
  ];
}

/** Those that say more of the same value. */
export function valueValidations(node: JsonRecord, path: string): Child[] {
  const isMixed = node["x-kubernetes-int-or-string"] === true;
  const lists = ["allOf", "anyOf", "oneOf"].flatMap((name) =>
    elementsOf(node, name).map((schema, index) => ({
      schema: isRecord(schema) ? schema : {},
      at: `${path}.${name}[${index}]`,
      isFree: isMixed && (name === "anyOf" ? isIntOrString(elementsOf(node, name)) : name === "allOf" && index === 0),
    })),
  );
  return isRecord(node["not"]) ? [...lists, { schema: node["not"], at: `${path}.not`, isFree: false }] : lists;
}

function isIntOrString(alternatives: readonly unknown[]): boolean {
  return alternatives.map((one) => textOf(one, "type")).join() === "integer,string";
}
