import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { acceptsAnyMember, memberSchema } from "../member-schema.ts";
import type { Schema } from "../schema.ts";

/**
 * The members that the schema does not know, as field validation words them: `unknown field "spec.containers[0].imagee"`.
 * Built-in kinds: in the body's order. Custom resources: those of the metadata, the others in alphabetical order, then
 * those of embedded resources' metadata, as the real server finds them.
 */
export function unknownFields(schema: Schema, body: JsonRecord): string[] {
  const found = fieldsOf(schema, body, "");
  const paths = schema.definition === undefined ? inOrderOfCustomResources(found) : found.map(({ path }) => path);
  return paths.map((path) => `unknown field "${path}"`);
}

interface UnknownField {
  readonly path: string;
  readonly isMetadata: boolean;
}

function inOrderOfCustomResources(found: readonly UnknownField[]): string[] {
  const own = found.filter(({ path, isMetadata }) => isMetadata && path.startsWith("metadata."));
  const embedded = found.filter(({ path, isMetadata }) => isMetadata && !path.startsWith("metadata."));
  const others = found.filter(({ isMetadata }) => !isMetadata);
  return [...own.map(pathOf), ...others.map(pathOf).sort(), ...embedded.map(pathOf).sort()];
}

function pathOf({ path }: UnknownField): string {
  return path;
}

function fieldsOf(schema: Schema, value: unknown, path: string): UnknownField[] {
  const { items } = schema;
  if (Array.isArray(value)) {
    return items ? value.flatMap((element, index) => fieldsOf(items, element, `${path}[${index}]`)) : [];
  }
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const memberPath = path === "" ? name : `${path}.${name}`;
    const known = memberSchema(schema, name);
    if (known) return fieldsOf(known, member, memberPath);
    return acceptsAnyMember(schema) ? [] : [{ path: memberPath, isMetadata: schema.definition !== undefined }];
  });
}
