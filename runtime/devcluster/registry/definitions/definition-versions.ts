import { elementsOf, fieldOf, isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { invalid, required, type FieldCause } from "../../schema/field-causes.ts";
import { goText } from "../../schema/go-text.ts";
import { schemaCauses } from "./structural-schema.ts";

/**
 * What is wrong with the schemas, subresources, columns and selectable fields of a definition's versions. What all versions
 * share is one thing for the server, and is named by a path of its own.
 */
export function versionCauses(versions: readonly JsonRecord[]): FieldCause[] {
  return [
    ...eachShared(versions, "schema", "spec.validation", validationCauses),
    ...eachShared(versions, "subresources", "spec.subresources", subresourceCauses),
    ...eachShared(versions, "additionalPrinterColumns", "spec.additionalPrinterColumns", columnCauses),
    ...eachShared(versions, "selectableFields", "spec.selectableFields", selectableCauses),
  ];
}

type Causes = (value: unknown, path: string, version: JsonRecord) => FieldCause[];

function eachShared(versions: readonly JsonRecord[], member: string, sharedPath: string, causes: Causes): FieldCause[] {
  const [first] = versions;
  if (!first) return [];
  const isShared = versions.every((version) => goText(fieldOf(version, member)) === goText(fieldOf(first, member)));
  if (isShared) return causes(fieldOf(first, member), sharedPath, first);
  return versions.flatMap((version, index) =>
    causes(fieldOf(version, member), `spec.versions[${index}].${member}`, version),
  );
}

function validationCauses(validation: unknown, path: string): FieldCause[] {
  const schema = fieldOf(validation, "openAPIV3Schema");
  return isRecord(schema) ? schemaCauses(schema, `${path}.openAPIV3Schema`) : [];
}

function subresourceCauses(subresources: unknown, path: string): FieldCause[] {
  const scale = fieldOf(subresources, "scale");
  if (!isRecord(scale)) return [];
  return [
    ...pathCauses(scale, "specReplicasPath", `${path}.scale`, [".spec"]),
    ...pathCauses(scale, "statusReplicasPath", `${path}.scale`, [".status"]),
    ...(textOf(scale, "labelSelectorPath")
      ? pathCauses(scale, "labelSelectorPath", `${path}.scale`, [".spec", ".status"])
      : []),
  ];
}

function pathCauses(scale: JsonRecord, member: string, path: string, roots: readonly string[]): FieldCause[] {
  const field = `${path}.${member}`;
  const value = textOf(scale, member) ?? "";
  if (value === "") return [required(field)];
  if (!isSimplePath(value)) return [invalid(field, value, "must be a simple json path starting with .")];
  if (roots.some((root) => value.startsWith(`${root}.`))) return [];
  const under = roots.length === 1 ? `under ${roots[0]}` : `under either ${roots.join(" or ")}`;
  return [invalid(field, value, `should be a json path ${under}`)];
}

const COLUMN_TYPES = ["boolean", "date", "integer", "number", "string"];
const COLUMN_FORMATS = ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"];

function columnCauses(columns: unknown, path: string): FieldCause[] {
  return listOf(columns).flatMap((column, index) => {
    const field = `${path}[${index}]`;
    const [type, format, jsonPath] = ["type", "format", "jsonPath"].map((member) => textOf(column, member) ?? "");
    return [
      ...(textOf(column, "name") ? [] : [required(`${field}.name`)]),
      ...oneOfCauses(`${field}.type`, type ?? "", COLUMN_TYPES, true),
      ...oneOfCauses(`${field}.format`, format ?? "", COLUMN_FORMATS, false),
      ...jsonPathCauses(`${field}.JSONPath`, jsonPath ?? ""),
    ];
  });
}

function oneOfCauses(field: string, value: string, allowed: readonly string[], isRequired: boolean): FieldCause[] {
  if (value === "" && isRequired) return [required(field, `must be one of ${allowed.join(",")}`)];
  return value === "" || allowed.includes(value) ? [] : [invalid(field, value, `must be one of ${allowed.join(",")}`)];
}

function jsonPathCauses(field: string, value: string): FieldCause[] {
  if (value === "") return [required(field)];
  return isSimplePath(value) ? [] : [invalid(field, value, "must be a simple json path starting with .")];
}

function selectableCauses(fields: unknown, path: string, version: JsonRecord): FieldCause[] {
  const schema = fieldOf(fieldOf(version, "schema"), "openAPIV3Schema");
  return listOf(fields).flatMap((selectable, index) => {
    const field = `${path}[${index}].jsonPath`;
    const value = textOf(selectable, "jsonPath") ?? "";
    const fault = value === "" ? "" : selectableFault(value, schema);
    if (value === "") return [required(field)];
    return fault === undefined ? [] : [invalid(field, value, fault)];
  });
}

const SELECTABLE_TYPES = ["string", "boolean", "integer"];

function selectableFault(path: string, schema: unknown): string | undefined {
  if (!path.startsWith(".")) return `is an invalid path: expected [ or . but got: ${path.split(/[.[]/, 1)[0]}`;
  const names = path.slice(1).split(".");
  const target = names.reduce((node, name) => fieldOf(fieldOf(node, "properties"), name), schema);
  if (!isRecord(target) || names[0] === "metadata") return "is an invalid path: does not refer to a valid field";
  if (SELECTABLE_TYPES.includes(textOf(target, "type") ?? "")) return undefined;
  return "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.";
}

function isSimplePath(path: string): boolean {
  return path.startsWith(".");
}

function listOf(value: unknown): readonly unknown[] {
  return elementsOf({ value }, "value");
}
