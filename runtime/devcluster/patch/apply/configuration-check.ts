import { isRecord, type JsonRecord, textOf } from "#kernel/json-value.ts";
import { metadataOf } from "../../api-object.ts";
import type { Schema } from "../../schema/schema.ts";
import { goSyntax, goText, goTypeName } from "../go-text.ts";
import { failed } from "../patch-directives.ts";
import { fieldElement, listElement, pathText } from "../field-sets/path-element.ts";
import { itemsOf, listForm, type ListForm, memberOf } from "../field-sets/structure.ts";

/** Throws unless the configuration has the form that its schema describes, as far as the ownership of fields needs it. */
export function checkConfiguration(configuration: JsonRecord, schema: Schema): void {
  const faults = [...faultsOf(configuration, schema, [])];
  const [first] = faults;
  if (first === undefined) return;
  const { namespace, name } = metadataOf(configuration);
  const which = `${text(namespace)}/${text(name)}; ${typeText(configuration)}`;
  const what = faults.length === 1 ? first : ["errors:", ...faults.map((fault) => `  ${fault}`)].join("\n");
  throw failed(`failed to create typed patch object (${which}): ${what}`);
}

/** Group, version and kind: `apps/v1, Kind=Deployment`, `/v1, Kind=Pod`. */
export function typeText(object: JsonRecord): string {
  const apiVersion = textOf(object, "apiVersion") ?? "";
  return `${apiVersion.includes("/") ? "" : "/"}${apiVersion}, Kind=${textOf(object, "kind") ?? ""}`;
}

type Path = readonly string[];

function* faultsOf(value: unknown, schema: Schema, path: Path): Generator<string> {
  if (value === null || schema["x-kubernetes-int-or-string"] === true) return;
  const at = path.length === 0 ? "" : `${pathText(path)}: `;
  switch (schema.type) {
    case "object":
      if (isRecord(value)) yield* memberFaults(value, schema, path);
      else yield `${at}expected map, got &{${goText(value)}}`;
      return;
    case "array":
      if (Array.isArray(value)) yield* itemFaults(value, schema, path);
      else yield `${at}expected list, got &{${goText(value)}}`;
      return;
    case "integer":
    case "number":
      if (typeof value !== "number") yield `${at}expected numeric (int or float), got ${goTypeName(value)}`;
      return;
    case "string":
      if (typeof value !== "string")
        yield `${at}expected string, got &value.valueUnstructured{Value:${goSyntax(value)}}`;
      return;
    case "boolean":
      if (typeof value !== "boolean") yield `${at}expected boolean, got &{${goText(value)}}`;
      return;
    case undefined:
  }
}

function* memberFaults(record: JsonRecord, schema: Schema, path: Path): Generator<string> {
  const members = Object.entries(record).map(([name, value]) => ({ name, value, form: memberOf(schema, name) }));
  const unknown = members.find(({ form }) => form === undefined);
  if (unknown) return yield `${pathText([...path, fieldElement(unknown.name)])}: field not declared in schema`;
  for (const { name, value, form } of members) yield* faultsOf(value, form ?? {}, [...path, fieldElement(name)]);
}

function* itemFaults(list: readonly unknown[], schema: Schema, path: Path): Generator<string> {
  const form = listForm(schema);
  const seen = new Set<string>();
  for (const [index, item] of list.entries()) {
    const fault = form.type === "atomic" ? undefined : itemFault(item, form);
    const name = form.type === "atomic" ? `i:${index}` : listElement(item, form, schema);
    if (fault !== undefined) yield `${pathText(path)}: element ${index}: ${fault}`;
    else if (name === undefined) yield `${pathText(path)}: element ${index}: ${withoutKeys(form)}`;
    else if (seen.has(name)) yield `${pathText(path)}: duplicate entries for key ${pathText([name])}`;
    else yield* faultsOf(item, itemsOf(schema), [...path, name]);
    if (name !== undefined) seen.add(name);
  }
}

function itemFault(item: unknown, form: ListForm): string | undefined {
  if (form.type === "map") {
    if (item === null) return "associative list with keys may not have a null element";
    return isRecord(item) ? undefined : "associative list with keys may not have non-map elements";
  }
  if (Array.isArray(item)) return "not supported: associative list with lists as elements";
  const without = "associative list without keys has an element that's";
  if (item === null) return `${without} an explicit null`;
  return isRecord(item) ? `${without} a map type` : undefined;
}

function withoutKeys(form: ListForm): string {
  const keys = form.type === "map" ? form.keys.map((key) => JSON.stringify(key)).join(", ") : "";
  return `associative list with keys has an element that omits all key fields [${keys}] (and doesn't have default values for any key fields)`;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
