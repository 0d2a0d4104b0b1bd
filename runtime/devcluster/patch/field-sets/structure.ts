import { ANYTHING, type Schema } from "../../schema/schema.ts";

/** How the elements of a list are told apart; those of an atomic list are not. */
export type ListForm =
  | { readonly type: "atomic" }
  | { readonly type: "set" }
  | { readonly type: "map"; readonly keys: readonly string[] };

const ATOMIC: ListForm = { type: "atomic" };
const SET: ListForm = { type: "set" };

export function listForm(schema: Schema): ListForm {
  const type = schema["x-kubernetes-list-type"];
  if (type === "map") return { type, keys: schema["x-kubernetes-list-map-keys"] ?? [] };
  if (type === "set") return SET;
  return type === "atomic" ? ATOMIC : formOfStrategy(schema);
}

/** Lists of built-in kinds that say only how they are patched. */
function formOfStrategy(schema: Schema): ListForm {
  if (!schema["x-kubernetes-patch-strategy"]?.split(",").includes("merge")) return ATOMIC;
  const key = schema["x-kubernetes-patch-merge-key"];
  return key === undefined ? SET : { type: "map", keys: [key] };
}

/** The members of a granular map have owners of their own. A map whose form nobody has described has one owner. */
export function isGranular(schema: Schema): boolean {
  if (schema["x-kubernetes-map-type"] !== undefined) return schema["x-kubernetes-map-type"] === "granular";
  if (schema.properties !== undefined || typeof schema.additionalProperties === "object") return true;
  // `RawExtension` and `JSON` of built-in kinds are open, too.
  return isOpen(schema) && schema.definition === undefined;
}

export function isDeclared(schema: Schema, name: string): boolean {
  return schema.properties !== undefined && Object.hasOwn(schema.properties, name);
}

/** `undefined`: there may be no such member. */
export function memberOf(schema: Schema, name: string): Schema | undefined {
  if (isDeclared(schema, name)) return schema.properties?.[name];
  if (typeof schema.additionalProperties === "object") return schema.additionalProperties;
  return isOpen(schema) || schema.properties === undefined ? ANYTHING : undefined;
}

export function itemsOf(schema: Schema): Schema {
  return schema.items ?? ANYTHING;
}

function isOpen(schema: Schema): boolean {
  return schema["x-kubernetes-preserve-unknown-fields"] === true || schema.additionalProperties === true;
}
