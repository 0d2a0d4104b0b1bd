import { elementsOf, fieldOf, isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";

/**
 * The definitions of OpenAPI v3 documents that can be reached from `roots`, by short name and in alphabetical order:
 * without prose, references as `{ $ref: "core.v1.Container" }`.
 */
export function openApiDefinitions(documents: readonly unknown[], roots: readonly string[]): Map<string, JsonRecord> {
  const all = new Map(documents.flatMap(definitionsOfDocument));
  const found = new Map<string, JsonRecord>();
  const visit = (name: string): void => {
    const definition = all.get(name);
    if (found.has(name)) return;
    if (!definition) throw new Error(`Cannot find the definition "${name}" in the OpenAPI documents`);
    found.set(name, definition);
    references(definition).forEach(visit);
  };
  roots.forEach(visit);
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `io.k8s.api.core.v1.Pod` → `core.v1.Pod`; `io.k8s.apimachinery.pkg.api.resource.Quantity` → `resource.Quantity`. */
export function shortName(fullName: string): string {
  const parts = fullName.split(".");
  return parts.slice(/^v\d/.test(parts.at(-2) ?? "") ? -3 : -2).join(".");
}

/** The definitions of kinds, by `group/version/kind`: `apps/v1/Deployment`, `/v1/Pod`. */
export function definitionsByKind(documents: readonly unknown[]): Map<string, string> {
  return new Map(
    documents.flatMap((document) =>
      Object.entries(schemasOf(document)).flatMap(([fullName, schema]) =>
        elementsOf(schema, "x-kubernetes-group-version-kind").map((kind): [string, string] => [
          ["group", "version", "kind"].map((part) => textOf(kind, part) ?? "").join("/"),
          shortName(fullName),
        ]),
      ),
    ),
  );
}

function definitionsOfDocument(document: unknown): [string, JsonRecord][] {
  return Object.entries(schemasOf(document)).map(([fullName, schema]) => [
    shortName(fullName),
    SPECIAL[shortName(fullName)] ?? withoutProse(schema),
  ]);
}

function schemasOf(document: unknown): JsonRecord {
  const schemas = fieldOf(fieldOf(document, "components"), "schemas");
  return isRecord(schemas) ? schemas : {};
}

/** What the documents describe as less than it is. */
const FREE = { "x-kubernetes-preserve-unknown-fields": true };
const SPECIAL: Readonly<Record<string, JsonRecord>> = {
  "intstr.IntOrString": { "x-kubernetes-int-or-string": true },
  "meta.v1.FieldsV1": { type: "object", ...FREE },
  "runtime.RawExtension": { type: "object", ...FREE },
  "apiextensions.v1.JSON": FREE,
  "apiextensions.v1.JSONSchemaPropsOrArray": FREE,
  "apiextensions.v1.JSONSchemaPropsOrBool": FREE,
  "apiextensions.v1.JSONSchemaPropsOrStringArray": FREE,
};

const KEPT = [
  "type",
  "format",
  "required",
  "enum",
  "default",
  "oneOf",
  "x-kubernetes-list-type",
  "x-kubernetes-list-map-keys",
  "x-kubernetes-map-type",
  "x-kubernetes-patch-strategy",
  "x-kubernetes-patch-merge-key",
];

function withoutProse(schema: unknown): JsonRecord {
  const result: Record<string, unknown> = {};
  const reference = textOf(schema, "$ref") ?? textOf(elementsOf(schema, "allOf")[0], "$ref");
  if (reference !== undefined) result["$ref"] = shortName(reference);
  for (const key of KEPT) if (fieldOf(schema, key) !== undefined) result[key] = fieldOf(schema, key);
  for (const key of ["items", "additionalProperties"]) {
    const element = fieldOf(schema, key);
    if (element !== undefined) result[key] = isRecord(element) ? withoutDefault(withoutProse(element)) : element;
  }
  const properties = fieldOf(schema, "properties");
  if (isRecord(properties)) {
    result["properties"] = Object.fromEntries(
      Object.entries(properties).map(([name, one]) => [name, withoutProse(one)]),
    );
  }
  return result;
}

/** Elements are there or not: what the documents call their default means nothing. */
function withoutDefault(schema: JsonRecord): JsonRecord {
  const { default: _, ...rest } = schema;
  return rest;
}

function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === "$ref" && typeof member === "string" ? [member] : references(member),
  );
}
