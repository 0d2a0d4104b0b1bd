import { fieldOf, isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { decodingError } from "../../schema/decoding/decoding-error.ts";
import { goText } from "../../schema/go-text.ts";
import { memberSchema } from "../../schema/member-schema.ts";
import type { Schema } from "../../schema/schema.ts";

/** Why the metadata of a custom resource, or the head of one that it embeds, cannot be read, in the server's words. */
export function customDecodingError(schema: Schema, body: JsonRecord): string | undefined {
  const metadata = schema.properties?.["metadata"];
  const own = metadata && decodingError(metadata, fieldOf(body, "metadata"));
  return own ?? embeddedError(schema, body, "");
}

function embeddedError(schema: Schema, value: unknown, path: string): string | undefined {
  const { items } = schema;
  if (schema.definition !== undefined) return undefined;
  if (Array.isArray(value)) {
    return items && firstOf(value.map((element, index) => [items, element, `${path}[${index}]`]));
  }
  if (!isRecord(value)) return undefined;
  const own = schema["x-kubernetes-embedded-resource"] === true ? headError(schema, value, path) : undefined;
  return own ?? firstOf(membersOf(schema, value, path));
}

function membersOf(schema: Schema, value: JsonRecord, path: string): [Schema, unknown, string][] {
  return Object.entries(value).flatMap(([name, member]): [Schema, unknown, string][] => {
    const known = memberSchema(schema, name);
    return known ? [[known, member, path === "" ? name : `${path}.${name}`]] : [];
  });
}

function firstOf(places: readonly [Schema, unknown, string][]): string | undefined {
  for (const [schema, value, path] of places) {
    const error = embeddedError(schema, value, path);
    if (error !== undefined) return error;
  }
  return undefined;
}

function headError(schema: Schema, resource: JsonRecord, path: string): string | undefined {
  for (const name of ["apiVersion", "kind"]) {
    const text = fieldOf(resource, name);
    if (text !== undefined && typeof text !== "string")
      return `${path}.${name}: Invalid value: ${goText(text)}: must be a string`;
  }
  const metadata = fieldOf(resource, "metadata");
  const error = decodingError(schema.properties?.["metadata"] ?? {}, metadata);
  return error && `${path}.metadata: Invalid value: ${goText(metadata)}: ${error}`;
}
