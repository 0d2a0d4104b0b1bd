/** Kubernetes objects as they are on the wire, in the types of @kubernetes/client-node's models. */
import type { KubernetesObject, V1ObjectMeta } from "@kubernetes/client-node";

/** The names that the models change because they are reserved words or no identifiers, and what the wire says. */
interface Renames {
  _continue: "continue";
  _default: "default";
  _enum: "enum";
  _from: "from";
  _int: "int";
  $ref: "$ref";
  $schema: "$schema";
  x_kubernetes_embedded_resource: "x-kubernetes-embedded-resource";
  x_kubernetes_int_or_string: "x-kubernetes-int-or-string";
  x_kubernetes_list_map_keys: "x-kubernetes-list-map-keys";
  x_kubernetes_list_type: "x-kubernetes-list-type";
  x_kubernetes_map_type: "x-kubernetes-map-type";
  x_kubernetes_preserve_unknown_fields: "x-kubernetes-preserve-unknown-fields";
  x_kubernetes_validations: "x-kubernetes-validations";
}

/** The names as on the wire, and dates as RFC 3339 strings, all the way down. */
export type WireValue<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? WireValue<Item>[]
    : T extends object
      ? { [Key in keyof T as Key extends keyof Renames ? Renames[Key] : Key]: WireValue<T[Key]> }
      : T;

/** What the API server always fills in. */
interface Identity {
  name: string;
  uid: string;
  resourceVersion: string;
  creationTimestamp: string;
}

type Metadata<Namespaced extends boolean> = WireValue<V1ObjectMeta> &
  Identity &
  (Namespaced extends true ? { namespace: string } : unknown);

/** A live object: `T` as on the wire, with `apiVersion`, `kind` and the identifying metadata always present. */
export type Wire<T, Namespaced extends boolean = true> = Omit<WireValue<T>, "apiVersion" | "kind" | "metadata"> & {
  apiVersion: string;
  kind: string;
  metadata: Metadata<Namespaced>;
};

/** An object of a resource without generated types. */
export type WireObject = Wire<KubernetesObject, false> & Record<string, unknown>;
