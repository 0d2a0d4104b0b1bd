import type { V1CustomResourceDefinition } from "@kubernetes/client-node";

/** The objects that scenarios write. */

export function configMap(name: string, data: object = { a: "b" }, metadata: object = {}): object {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, ...metadata }, data };
}

/** Two containers, `c` and `d`. */
export function deployment(name: string, { image = "redis:7" }: { readonly image?: string } = {}): object {
  const labels = { app: name };
  const containers = [
    { name: "c", image: "nginx:1.27", ports: [{ containerPort: 80 }] },
    { name: "d", image },
  ];
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, labels },
    spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
  };
}

export function pod(
  name: string,
  { spec = {}, metadata = {} }: { readonly spec?: object; readonly metadata?: object } = {},
): object {
  const containers = [{ name: "main", image: "busybox" }];
  return { apiVersion: "v1", kind: "Pod", metadata: { name, ...metadata }, spec: { containers, ...spec } };
}

/** `size` from 1 to 9; `color` is red unless said; `parts` is a map by `name`; with `status` and `scale`. */
export function widgetDefinition(): object {
  const part = { type: "object", required: ["name"], properties: { name: TEXT, weight: WHOLE } };
  const spec = {
    type: "object",
    required: ["size"],
    properties: {
      size: { ...WHOLE, minimum: 1, maximum: 9 },
      color: { ...TEXT, default: "red", enum: ["red", "green", "blue"] },
      replicas: WHOLE,
      parts: { type: "array", items: part, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"] },
    },
  };
  const status = { type: "object", properties: { replicas: WHOLE, ready: { type: "boolean" } } };
  const column = (name: string, jsonPath: string, more: object): object => ({ name, jsonPath, ...more });
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "widgets.example.com" },
    spec: {
      group: "example.com",
      scope: "Namespaced",
      names: { plural: "widgets", singular: "widget", kind: "Widget", shortNames: ["wd"], categories: ["all"] },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: "object", properties: { spec, status } } },
          subresources: {
            status: {},
            scale: { specReplicasPath: ".spec.replicas", statusReplicasPath: ".status.replicas" },
          },
          selectableFields: [{ jsonPath: ".spec.color" }],
          additionalPrinterColumns: [
            column("Size", ".spec.size", { type: "integer" }),
            column("Color", ".spec.color", { type: "string", priority: 1 }),
            column("Age", ".metadata.creationTimestamp", { type: "date" }),
          ],
        },
      ],
    },
  };
}

const TEXT = { type: "string" };
const WHOLE = { type: "integer" };

export function widget(name: string, spec: object = {}): object {
  return { apiVersion: "example.com/v1", kind: "Widget", metadata: { name }, spec: { size: 2, ...spec } };
}

/** A definition with little, and in a group of its own. */
export function gadgetDefinition(): V1CustomResourceDefinition {
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "gadgets.client.example.com" },
    spec: {
      group: "client.example.com",
      scope: "Namespaced",
      names: { plural: "gadgets", kind: "Gadget" },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: "object", x_kubernetes_preserve_unknown_fields: true } },
          subresources: { status: {} },
        },
      ],
    },
  };
}

export function gadget(name: string): object {
  return { apiVersion: "client.example.com/v1", kind: "Gadget", metadata: { name }, spec: { size: 1 } };
}
