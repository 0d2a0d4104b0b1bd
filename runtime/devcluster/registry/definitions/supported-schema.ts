import { fieldOf, isRecord, textOf, textsOf, type JsonRecord } from "#kernel/json-value.ts";
import { forbidden, invalid, notSupported, required, type FieldCause } from "../../schema/field-causes.ts";
import { children, valueValidations } from "./schema-children.ts";
import { recordAt } from "../../record-at.ts";

const UNSUPPORTED = ["$ref", "id", "definitions", "patternProperties", "dependencies", "additionalItems"];
const TYPES = ["array", "boolean", "integer", "number", "object", "string"];
const LIST_TYPES = ["atomic", "set", "map"];
const MAP_TYPES = ["atomic", "granular"];

/** What OpenAPI has and the server does not take, and what its extensions may not say. */
export function supportCauses(node: JsonRecord, path: string): FieldCause[] {
  return [
    ...unsupportedCauses(node, path),
    ...[...children(node, path), ...valueValidations(node, path)].flatMap(({ schema, at }) =>
      supportCauses(schema, at),
    ),
    ...typeCauses(node, path),
    ...mapCauses(node, path),
    ...listCauses(node, path),
    ...ruleCauses(node, path),
  ];
}

function unsupportedCauses(node: JsonRecord, path: string): FieldCause[] {
  const causes = UNSUPPORTED.filter((name) => node[name] !== undefined).map((name) =>
    forbidden(`${path}.${name}`, `${name} is not supported`),
  );
  if (node["uniqueItems"] === true) {
    const detail = "uniqueItems cannot be set to true since the runtime complexity becomes quadratic";
    causes.push(forbidden(`${path}.uniqueItems`, detail));
  }
  if (Array.isArray(node["items"])) {
    causes.push(forbidden(`${path}.items`, "items must be a schema object and not an array"));
  }
  if (node["additionalProperties"] !== undefined && Object.keys(recordAt(node, "properties")).length > 0) {
    const detail = "additionalProperties and properties are mutual exclusive";
    if (node["additionalProperties"] !== false) causes.push(forbidden(`${path}.additionalProperties`, detail));
  }
  if (node["x-kubernetes-preserve-unknown-fields"] === false) {
    causes.push(invalid(`${path}.x-kubernetes-preserve-unknown-fields`, false, "must be true or undefined"));
  }
  return causes;
}

function typeCauses(node: JsonRecord, path: string): FieldCause[] {
  const type = textOf(node, "type") ?? "";
  return type === "" || TYPES.includes(type) ? [] : [notSupported(`${path}.type`, type, TYPES)];
}

function mapCauses(node: JsonRecord, path: string): FieldCause[] {
  const mapType = textOf(node, "x-kubernetes-map-type");
  if (mapType === undefined) return [];
  return [
    ...wantedType(node, path, "object", "must be object if x-kubernetes-map-type is specified"),
    ...(MAP_TYPES.includes(mapType) ? [] : [notSupported(`${path}.x-kubernetes-map-type`, mapType, MAP_TYPES)]),
  ];
}

function listCauses(node: JsonRecord, path: string): FieldCause[] {
  const listType = textOf(node, "x-kubernetes-list-type");
  const keys = textsOf(node, "x-kubernetes-list-map-keys");
  const causes =
    listType === undefined
      ? []
      : wantedType(node, path, "array", "must be array if x-kubernetes-list-type is specified");
  if (listType !== undefined && !LIST_TYPES.includes(listType)) {
    causes.push(notSupported(`${path}.x-kubernetes-list-type`, listType, LIST_TYPES));
  } else if (keys.length > 0 && listType !== "map") {
    const detail = "must be map if x-kubernetes-list-map-keys is non-empty";
    causes.push(invalid(`${path}.x-kubernetes-list-type`, listType ?? null, detail));
  }
  if (listType === "set") causes.push(...setCauses(recordAt(node, "items"), `${path}.items`));
  return listType === "map" ? [...causes, ...mapListCauses(node, keys, path)] : causes;
}

function setCauses(items: JsonRecord, path: string): FieldCause[] {
  const causes: FieldCause[] = [];
  if (items["nullable"] === true) {
    causes.push(forbidden(`${path}.nullable`, "cannot be nullable when x-kubernetes-list-type is set"));
  }
  const atomic = textOf(items, "x-kubernetes-map-type");
  if (items["type"] === "object" && atomic !== "atomic") {
    const detail = "must be atomic as item of a list with x-kubernetes-list-type=set";
    causes.push(invalid(`${path}.x-kubernetes-map-type`, atomic ?? null, detail));
  }
  return causes;
}

function mapListCauses(node: JsonRecord, keys: readonly string[], path: string): FieldCause[] {
  const [items, field] = [recordAt(node, "items"), `${path}.x-kubernetes-list-map-keys`];
  if (keys.length === 0) return [required(field, "must not be empty if x-kubernetes-list-type is map")];
  if (items["type"] !== "object") {
    const detail = "must be object if parent array's x-kubernetes-list-type is map";
    return [invalid(`${path}.items.type`, textOf(items, "type") ?? "", detail)];
  }
  const properties = recordAt(items, "properties");
  const known = keys.filter((key) => isRecord(properties[key]));
  const unknown =
    known.length < keys.length ? [invalid(field, keys, "entries must all be names of item properties")] : [];
  const repeated = new Set(keys).size < keys.length ? [invalid(field, keys, "must not contain duplicate entries")] : [];
  return known.flatMap((key) => keyCauses(items, key, `${path}.items.properties[${key}]`)).concat(unknown, repeated);
}

function keyCauses(items: JsonRecord, key: string, path: string): FieldCause[] {
  const property = recordAt(items, "properties", key);
  const type = textOf(property, "type") ?? "";
  const causes: FieldCause[] = [];
  if (type === "object" || type === "array") {
    causes.push(invalid(`${path}.type`, type, "must be a scalar type if parent array's x-kubernetes-list-type is map"));
  }
  if (!textsOf(items, "required").includes(key) && fieldOf(property, "default") === undefined) {
    const detail =
      "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property";
    causes.push(required(`${path}.default`, detail));
  }
  return causes;
}

/** CEL is never compiled here; only that there is a rule is looked at. */
function ruleCauses(node: JsonRecord, path: string): FieldCause[] {
  const rules = node["x-kubernetes-validations"];
  if (!Array.isArray(rules)) return [];
  return rules.flatMap((rule: unknown, index) => {
    const field = `${path}.x-kubernetes-validations[${index}]`;
    const message = textOf(rule, "message") ?? "";
    return [
      ...((textOf(rule, "rule") ?? "").trim() === "" ? [required(`${field}.rule`, "rule is not specified")] : []),
      ...(message !== "" && message.trim() === ""
        ? [invalid(`${field}.message`, message, "must be non-empty if specified")]
        : []),
    ];
  });
}

function wantedType(node: JsonRecord, path: string, wanted: string, detail: string): FieldCause[] {
  const type = textOf(node, "type") ?? "";
  if (type === wanted) return [];
  return [type === "" ? required(`${path}.type`, detail) : invalid(`${path}.type`, type, detail)];
}
