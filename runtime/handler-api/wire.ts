/** Kubernetes objects as they are on the wire, in the types of @kubernetes/client-node's models. */
import type { KubernetesObject, V1ObjectMeta } from "@kubernetes/client-node";

/** The names that the models change because they are reserved words or no identifiers, and what the wire says. */
interface Renames {
  _continue: "continue";
  _default: "default";
  _enum: "enum";
  _from: "from";
  _int: "int";
  x_kubernetes_embedded_resource: "x-kubernetes-embedded-resource";
  x_kubernetes_int_or_string: "x-kubernetes-int-or-string";
  x_kubernetes_list_map_keys: "x-kubernetes-list-map-keys";
  x_kubernetes_list_type: "x-kubernetes-list-type";
  x_kubernetes_map_type: "x-kubernetes-map-type";
  x_kubernetes_preserve_unknown_fields: "x-kubernetes-preserve-unknown-fields";
  x_kubernetes_validations: "x-kubernetes-validations";
}

/** Of V1JSONSchemaProps only: elsewhere `ref` and `schema` are fields of that name. */
interface SchemaRenames extends Renames {
  ref: "$ref";
  schema: "$schema";
}

/** The names as on the wire, and dates as RFC 3339 strings, all the way down. */
export type WireValue<T> = IsAny<T> extends true ? T : WireOf<T>;

type WireOf<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? WireValue<Item>[]
    : T extends object
      ? Renamed<T, "x_kubernetes_validations" extends keyof T ? SchemaRenames : Renames>
      : T;

type Renamed<T, Names> = {
  [Key in keyof T as Key extends keyof Names ? Names[Key] & string : Key]: WireValue<T[Key]>;
};

type IsAny<T> = 0 extends 1 & T ? true : false;

/** What the API server always fills in. */
export interface Identity {
  name: string;
  uid: string;
  resourceVersion: string;
  creationTimestamp: string;
}

/** The metadata of a live object. */
export type LiveMetadata<Namespaced extends boolean = true> = WireValue<V1ObjectMeta> &
  Identity &
  (Namespaced extends true ? { namespace: string } : unknown);

/** A live object: `T` as on the wire, with `apiVersion`, `kind` and the identifying metadata always present. */
export type Wire<T, Namespaced extends boolean = true> = Omit<WireValue<T>, "apiVersion" | "kind" | "metadata"> & {
  apiVersion: string;
  kind: string;
  metadata: LiveMetadata<Namespaced>;
};

/** An object of a resource without generated types. */
export type WireObject = Wire<KubernetesObject, false> & Record<string, unknown>;
