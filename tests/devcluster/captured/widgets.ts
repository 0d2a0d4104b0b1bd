/** A custom resource with every form that a field can have. */
export const WIDGET_SCHEMA = {
  type: "object",
  properties: {
    spec: {
      type: "object",
      properties: {
        size: { type: "integer" },
        tags: { type: "array", "x-kubernetes-list-type": "set", items: { type: "string" } },
        plain: { type: "array", items: { type: "string" } },
        parts: {
          type: "array",
          "x-kubernetes-list-type": "map",
          "x-kubernetes-list-map-keys": ["name", "kind"],
          items: {
            type: "object",
            required: ["name"],
            properties: {
              name: { type: "string" },
              kind: { type: "string", default: "std" },
              value: { type: "integer" },
              more: { type: "object", additionalProperties: { type: "string" } },
            },
          },
        },
        settings: { type: "object", additionalProperties: { type: "string" } },
        objects: {
          type: "object",
          additionalProperties: { type: "object", properties: { a: { type: "string" }, b: { type: "string" } } },
        },
        fixed: { type: "object", "x-kubernetes-map-type": "atomic", additionalProperties: { type: "string" } },
        free: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
        any: { "x-kubernetes-preserve-unknown-fields": true },
        port: { "x-kubernetes-int-or-string": true },
        maybe: { type: "string", nullable: true },
        nested: {
          type: "object",
          properties: { x: { type: "object", properties: { y: { type: "string" }, z: { type: "string" } } } },
        },
      },
    },
    status: {
      type: "object",
      properties: {
        phase: { type: "string" },
        count: { type: "integer" },
        conditions: {
          type: "array",
          "x-kubernetes-list-type": "map",
          "x-kubernetes-list-map-keys": ["type"],
          items: {
            type: "object",
            required: ["type"],
            properties: { type: { type: "string" }, status: { type: "string" } },
          },
        },
      },
    },
  },
} as const;

export const WIDGETS = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "widgets.example.com" },
  spec: {
    group: "example.com",
    scope: "Namespaced",
    names: { plural: "widgets", singular: "widget", kind: "Widget", listKind: "WidgetList" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: { openAPIV3Schema: WIDGET_SCHEMA },
      },
    ],
  },
};
