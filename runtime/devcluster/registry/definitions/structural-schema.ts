import { isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { forbidden, invalid, required, type FieldCause } from "../../schema/field-causes.ts";
import { children, valueValidations } from "./schema-children.ts";
import { defaultCauses } from "./schema-defaults.ts";
import { supportCauses } from "./supported-schema.ts";
import { patternCauses, valueValidationCauses } from "./value-validations.ts";
import { recordAt } from "../../record-at.ts";

/**
 * What keeps an `openAPIV3Schema` from being one that the server takes: it must be structural, and some of OpenAPI is
 * left out. (apiextensions: `schema.ValidateStructural`, `ValidateCustomResourceDefinitionOpenAPISchema`)
 */
export function schemaCauses(schema: JsonRecord, path: string): FieldCause[] {
  const unsupported = supportCauses(schema, path);
  // A reference keeps the server from looking further.
  if (unsupported.some(({ field }) => field.endsWith(".$ref"))) return unsupported;
  const structural = structuralCauses(schema, "root", path).toSorted(byField);
  const defaults = structural.length === 0 ? defaultCauses(schema, path) : [];
  return [...structural, ...unsupported, ...defaults];
}

type Level = "root" | "item" | "field";

const MISSING_TYPE: Readonly<Record<Level, string>> = {
  root: "must not be empty at the root",
  item: "must not be empty for specified array items",
  field: "must not be empty for specified object fields",
};

function structuralCauses(node: JsonRecord, level: Level, path: string): FieldCause[] {
  return [
    ...children(node, path).flatMap(({ schema, at, isItem }) =>
      structuralCauses(schema, isItem ? "item" : "field", at),
    ),
    ...typeCauses(node, level, path),
    ...patternCauses(node, path),
    ...(node["type"] === "array" && node["items"] === undefined
      ? [required(`${path}.items`, "must be specified")]
      : []),
    ...(level === "root" ? objectMemberCauses(node, path) : []),
    ...valueValidations(node, path).flatMap(({ schema, at, isFree }) => valueValidationCauses(schema, at, isFree)),
  ];
}

function typeCauses(node: JsonRecord, level: Level, path: string): FieldCause[] {
  const type = textOf(node, "type") ?? "";
  const isEmbedded = node["x-kubernetes-embedded-resource"] === true;
  const isFree = node["x-kubernetes-preserve-unknown-fields"] === true;
  const causes: FieldCause[] = [];
  if (isEmbedded && type !== "object") {
    const detail = "must be object if x-kubernetes-embedded-resource is true";
    causes.push(type === "" ? required(`${path}.type`, detail) : invalid(`${path}.type`, type, detail));
  } else if (type === "" && !isFree && node["x-kubernetes-int-or-string"] !== true) {
    causes.push(required(`${path}.type`, MISSING_TYPE[level]));
  }
  if (level === "root" && type !== "" && type !== "object") {
    causes.push(invalid(`${path}.type`, type, "must be object at the root"));
  }
  if (isEmbedded && !isFree && Object.keys(recordAt(node, "properties")).length === 0) {
    const detail =
      "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields";
    causes.push(required(`${path}.properties`, detail));
  }
  return causes;
}

function objectMemberCauses(node: JsonRecord, path: string): FieldCause[] {
  const properties = recordAt(node, "properties");
  const texts = ["apiVersion", "kind"].flatMap((name) => {
    const type = textOf(properties[name], "type");
    const isWrong = isRecord(properties[name]) && type !== "string";
    return isWrong ? [invalid(`${path}.properties[${name}].type`, type ?? "", "must be string")] : [];
  });
  const metadata = properties["metadata"];
  const others = Object.keys(recordAt(metadata, "properties")).filter(
    (name) => name !== "name" && name !== "generateName",
  );
  if (others.length === 0) return texts;
  const detail = "must not specify anything other than name and generateName, but metadata is implicitly specified";
  return [...texts, forbidden(`${path}.properties[metadata]`, detail)];
}

function byField(a: FieldCause, b: FieldCause): number {
  return a.field < b.field ? -1 : a.field > b.field ? 1 : 0;
}
