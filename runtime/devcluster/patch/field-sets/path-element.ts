import { isRecord } from "#kernel/json-value.ts";
import type { Schema } from "../../schema/schema.ts";
import { goJson } from "../go-json.ts";
import { itemsOf, type ListForm, memberOf } from "./structure.ts";

export function fieldElement(name: string): string {
  return `f:${name}`;
}

/** What names the element of a list; `undefined` for one without keys. */
export function listElement(item: unknown, form: ListForm, schema: Schema): string | undefined {
  if (form.type !== "map") return `v:${goJson(item)}`;
  if (!isRecord(item)) return undefined;
  const keys: [string, unknown][] = [];
  for (const key of form.keys) {
    const value = Object.hasOwn(item, key) ? item[key] : memberOf(itemsOf(schema), key)?.default;
    if (value !== undefined) keys.push([key, value]);
  }
  return keys.length === 0 ? undefined : `k:${goJson(Object.fromEntries(keys))}`;
}

/** A path as messages say it: `.spec.ports[port=80,protocol="TCP"].name`. */
export function pathText(path: readonly string[]): string {
  return path.map(elementText).join("");
}

function elementText(element: string): string {
  const rest = element.slice(2);
  if (element.startsWith("f:")) return `.${rest}`;
  if (element.startsWith("i:")) return `[${rest}]`;
  const value: unknown = JSON.parse(rest);
  if (element.startsWith("v:")) return `[=${JSON.stringify(value)}]`;
  const keys = isRecord(value) ? Object.entries(value) : [];
  return `[${keys.map(([key, text]) => `${key}=${JSON.stringify(text)}`).join(",")}]`;
}
