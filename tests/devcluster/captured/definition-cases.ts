import type { JsonRecord } from "#kernel/json-value.ts";

/** How a CustomResourceDefinition differs from one that is right. */
export interface DefinitionChange {
  readonly name?: string;
  readonly annotations?: JsonRecord;
  readonly names?: JsonRecord;
  readonly spec?: JsonRecord;
  readonly version?: JsonRecord;
  readonly versions?: readonly JsonRecord[];
  /** `openAPIV3Schema`. */
  readonly root?: JsonRecord;
  /** The schema of `spec`. */
  readonly field?: JsonRecord;
}

const FIELD = { type: "object", properties: { a: { type: "string" } } };

/** Of gadgets.example.com. */
export function definitionWith(change: DefinitionChange): JsonRecord {
  const root = change.root ?? { type: "object", properties: { spec: change.field ?? FIELD } };
  const version = { name: "v1", served: true, storage: true, schema: { openAPIV3Schema: root } };
  const versions = (change.versions ?? [change.version ?? {}]).map((one) => ({ ...version, ...one }));
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: {
      name: change.name ?? "gadgets.example.com",
      ...(change.annotations && { annotations: change.annotations }),
    },
    spec: {
      group: "example.com",
      scope: "Namespaced",
      names: change.names ?? { plural: "gadgets", kind: "Gadget" },
      versions,
      ...change.spec,
    },
  };
}

export const DEFINITION_CASES: Readonly<Record<string, DefinitionChange>> = {
  "nothing wrong": {},
  "name that is not plural.group": { name: "x.example.com" },
  "no names": { names: {} },
  "no group": { spec: { group: undefined } },
  "group with capitals": { name: "gadgets.Example", spec: { group: "Example" } },
  "group without a dot": { name: "gadgets.example", spec: { group: "example" } },
  "protected group": { name: "gadgets.x.k8s.io", spec: { group: "x.k8s.io" } },
  "protected group with approval": {
    name: "gadgets.x.k8s.io",
    annotations: { "api-approved.kubernetes.io": "unapproved, an experiment" },
    spec: { group: "x.k8s.io" },
  },
  "no scope": { spec: { scope: undefined } },
  "unknown scope": { spec: { scope: "Everywhere" } },
  "empty versions": { spec: { versions: [] } },
  "no versions": { spec: { versions: undefined } },
  "no storage version": { version: { storage: false } },
  "two storage versions": { versions: [{}, { name: "v2" }] },
  "version twice": { versions: [{}, { storage: false }] },
  "version with a capital": { version: { name: "V1" } },
  "version without a name": { version: { name: "" } },
  "version without a schema": { version: { schema: undefined } },
  "version with an empty schema": { version: { schema: {} } },
  "root that is a list": { root: { type: "array" } },
  "root without a type": { root: { properties: {} } },
  "root that preserves": { root: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
  "member without a type": { field: {} },
  "members without types": {
    field: {
      type: "object",
      properties: {
        a: { properties: { b: { type: "string" } } },
        c: { type: "array" },
        d: { type: "array", items: {} },
        e: { type: "object", additionalProperties: {} },
      },
    },
  },
  "unknown type": { field: { type: "strin" } },
  "members and additional ones": {
    field: { type: "object", properties: { a: { type: "string" } }, additionalProperties: { type: "string" } },
  },
  "additional members false": { field: { type: "object", additionalProperties: false } },
  "additional members true": { field: { type: "object", additionalProperties: true } },
  "unique items": { field: { type: "array", items: { type: "string" }, uniqueItems: true } },
  "default of a wrong type": { field: { type: "object", properties: { a: { type: "string", default: 1 } } } },
  "default with an unknown member": {
    field: { type: "object", default: { b: 1 }, properties: { a: { type: "string" } } },
  },
  "defaults out of range": {
    field: {
      type: "object",
      properties: {
        a: { type: "string", maxLength: 1, default: "xx" },
        n: { type: "integer", minimum: 3, default: 1 },
      },
    },
  },
  "default null": { field: { type: "object", properties: { a: { type: "string", default: null } } } },
  "default with wrong members": {
    field: {
      type: "object",
      default: { a: 1, l: ["x"] },
      properties: { a: { type: "string" }, l: { type: "array", items: { type: "integer" } } },
    },
  },
  "default without a required member": {
    field: { type: "object", default: {}, required: ["a"], properties: { a: { type: "string" } } },
  },
  "default within a list": {
    field: { type: "array", items: { type: "object", properties: { a: { type: "string", default: 5 } } } },
  },
  "default of a map's members": { field: { type: "object", additionalProperties: { type: "string", default: 5 } } },
  "default within allOf": {
    field: { type: "object", properties: { a: { type: "string" } }, allOf: [{ properties: { a: { default: "x" } } }] },
  },
  "default of an embedded resource": {
    field: {
      type: "object",
      "x-kubernetes-embedded-resource": true,
      "x-kubernetes-preserve-unknown-fields": true,
      default: { kind: "X" },
    },
  },
  "preserve false": { field: { type: "object", "x-kubernetes-preserve-unknown-fields": false } },
  "embedded text": { field: { type: "string", "x-kubernetes-embedded-resource": true } },
  "embedded resource without members": { field: { type: "object", "x-kubernetes-embedded-resource": true } },
  "int-or-string with a type": { field: { type: "string", "x-kubernetes-int-or-string": true } },
  "int-or-string that says its types": {
    field: { "x-kubernetes-int-or-string": true, anyOf: [{ type: "integer" }, { type: "string" }] },
  },
  "int-or-string that says its types in allOf": {
    field: {
      "x-kubernetes-int-or-string": true,
      allOf: [{ anyOf: [{ type: "integer" }, { type: "string" }] }, { pattern: "x" }],
    },
  },
  "int-or-string that says its types in reverse": {
    field: { "x-kubernetes-int-or-string": true, anyOf: [{ type: "string" }, { type: "integer" }] },
  },
  "map list without keys": {
    field: {
      type: "array",
      items: { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
      "x-kubernetes-list-type": "map",
    },
  },
  "map list with an optional key": {
    field: {
      type: "array",
      items: { type: "object", properties: { a: { type: "string" } } },
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["a"],
    },
  },
  "map list with an unknown key": {
    field: {
      type: "array",
      items: { type: "object", properties: { a: { type: "string" } } },
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["b"],
    },
  },
  "map list of texts": {
    field: {
      type: "array",
      items: { type: "string" },
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["a"],
    },
  },
  "map list with a key twice": {
    field: {
      type: "array",
      items: { type: "object", required: ["a"], properties: { a: { type: "object" } } },
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["a", "a"],
    },
  },
  "set with keys": {
    field: {
      type: "array",
      items: { type: "string" },
      "x-kubernetes-list-type": "set",
      "x-kubernetes-list-map-keys": ["a"],
    },
  },
  "unknown list type": { field: { type: "array", items: { type: "string" }, "x-kubernetes-list-type": "bag" } },
  "list type of a text": { field: { type: "string", "x-kubernetes-list-type": "set" } },
  "set of objects": { field: { type: "array", items: { type: "object" }, "x-kubernetes-list-type": "set" } },
  "set of nullables": {
    field: { type: "array", items: { type: "string", nullable: true }, "x-kubernetes-list-type": "set" },
  },
  "set of lists": {
    field: { type: "array", items: { type: "array", items: { type: "string" } }, "x-kubernetes-list-type": "set" },
  },
  "unknown map type": { field: { type: "object", "x-kubernetes-map-type": "x" } },
  "map type of a list": { field: { type: "array", items: { type: "string" }, "x-kubernetes-map-type": "atomic" } },
  "broken pattern": { field: { type: "string", pattern: "(" } },
  "pattern of Go's": { field: { type: "string", pattern: "^(?P<a>[[:alpha:]]+)\\z" } },
  "allOf with types": { field: { type: "object", allOf: [{ type: "object", properties: { a: { type: "string" } } }] } },
  "allOf with another member": {
    field: { type: "object", properties: { b: { type: "string" } }, allOf: [{ properties: { a: { maxLength: 1 } } }] },
  },
  "anyOf with prose and default": {
    field: { type: "string", anyOf: [{ default: "a", description: "x", nullable: true }] },
  },
  "not with a type": { field: { type: "object", not: { type: "object" } } },
  reference: { field: { $ref: "#/x" } },
  definitions: { field: { type: "object", definitions: { a: { type: "string" } } } },
  "pattern properties": { field: { type: "object", patternProperties: { a: { type: "string" } } } },
  dependencies: { field: { type: "object", dependencies: { a: ["b"] } } },
  id: { field: { type: "object", id: "x" } },
  "items that are several": { field: { type: "array", items: [{ type: "string" }] } },
  "restricted labels": {
    root: { type: "object", properties: { metadata: { type: "object", properties: { labels: { type: "object" } } } } },
  },
  "restricted name": {
    root: {
      type: "object",
      properties: { metadata: { type: "object", properties: { name: { type: "string", maxLength: 5 } } } },
    },
  },
  "numeric apiVersion": { root: { type: "object", properties: { apiVersion: { type: "integer" } } } },
  "plural with a capital": { name: "Gad_gets.example.com", names: { plural: "Gad_gets", kind: "Gadget" } },
  "kind with an underscore": { names: { plural: "gadgets", kind: "gad_get" } },
  "short name with capitals": { names: { plural: "gadgets", kind: "Gadget", shortNames: ["GG"] } },
  "singular with capitals": { names: { plural: "gadgets", kind: "Gadget", singular: "GG" } },
  "list kind that is the kind": { names: { plural: "gadgets", kind: "Gadget", listKind: "Gadget" } },
  "category with a capital": { names: { plural: "gadgets", kind: "Gadget", categories: ["All"] } },
  "empty scale": { version: { subresources: { scale: {} } } },
  "scale elsewhere": {
    version: {
      subresources: {
        scale: { specReplicasPath: "spec.replicas", statusReplicasPath: ".foo.x", labelSelectorPath: ".x" },
      },
    },
  },
  "status and scale": {
    version: {
      subresources: {
        status: {},
        scale: {
          specReplicasPath: ".spec.replicas",
          statusReplicasPath: ".status.replicas",
          labelSelectorPath: ".status.selector",
        },
      },
    },
  },
  "wrong columns": {
    version: {
      additionalPrinterColumns: [
        { name: "", type: "text", jsonPath: "x" },
        { name: "a", type: "string", jsonPath: "" },
        { name: "b", type: "integer", format: "int16", jsonPath: ".a" },
      ],
    },
  },
  "columns that versions do not share": {
    versions: [
      { additionalPrinterColumns: [{ name: "a", type: "x", jsonPath: ".a" }] },
      { name: "v2", storage: false },
    ],
  },
  "schemas that versions do not share": {
    versions: [
      {},
      { name: "v2", storage: false, schema: { openAPIV3Schema: { type: "object", properties: { spec: {} } } } },
    ],
  },
  "selectable field": { version: { selectableFields: [{ jsonPath: ".spec.a" }] } },
  "wrong selectable fields": {
    version: {
      selectableFields: [
        { jsonPath: "spec.a" },
        { jsonPath: ".spec.zz" },
        { jsonPath: ".metadata.name" },
        { jsonPath: ".spec" },
        { jsonPath: "" },
      ],
    },
  },
  "webhook conversion without a webhook": { spec: { conversion: { strategy: "Webhook" } } },
  "unknown conversion": { spec: { conversion: { strategy: "Magic" } } },
  "no conversion with a webhook": {
    spec: { conversion: { strategy: "None", webhook: { conversionReviewVersions: ["v1"] } } },
  },
  "preserved unknown fields": { spec: { preserveUnknownFields: true } },
  "deprecation warning of what is not deprecated": { version: { deprecationWarning: "x" } },
  "nothing that is served": { version: { served: false } },
  "empty rules": {
    field: { type: "object", "x-kubernetes-validations": [{ rule: "" }, { rule: "true", message: " " }] },
  },
  "unknown format": { field: { type: "string", format: "poem" } },
  "unknown required member": { field: { type: "object", required: ["zz"], properties: {} } },
  prose: { field: { type: "object", title: "x", description: "y", example: { a: 1 }, externalDocs: { url: "x" } } },
  "several faults of one schema": {
    root: {
      properties: {
        b: {},
        a: { pattern: "(", uniqueItems: true, properties: { z: {} }, "x-kubernetes-list-type": "x" },
      },
      allOf: [{ type: "string" }],
    },
  },
};
