import type { Schema } from "./schema.ts";

/** The schema of an object's member; `undefined` if the schema says nothing of it. */
export function memberSchema({ properties, additionalProperties }: Schema, name: string): Schema | undefined {
  if (properties && Object.hasOwn(properties, name)) return properties[name];
  return typeof additionalProperties === "object" ? additionalProperties : undefined;
}

/** Whether members that the schema says nothing of may stay. */
export function acceptsAnyMember(schema: Schema): boolean {
  return schema["x-kubernetes-preserve-unknown-fields"] === true || schema.additionalProperties === true;
}
