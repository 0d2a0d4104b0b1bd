/** Objects as tests write them. */
import type { Named } from "./cluster-verbs.ts";

interface Members {
  /** @default default */
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

export function configMap(
  name: string,
  { data, ...members }: Members & { readonly data?: Readonly<Record<string, string>> } = {},
): Named {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: metadata(name, members), ...(data && { data }) };
}

export function pod(name: string, members: Members = {}): Named {
  return { apiVersion: "v1", kind: "Pod", metadata: metadata(name, members), spec: POD_SPEC };
}

/** Of one replica. */
export function deployment(name: string, members: Members = {}): Named {
  const labels = { app: name };
  const spec = { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: POD_SPEC } };
  return { apiVersion: "apps/v1", kind: "Deployment", metadata: metadata(name, members), spec };
}

/** A kind without a schema, in namespaces, of group `example.com`. */
export function customResource(
  kind: string,
  { shortNames = [] }: { readonly shortNames?: readonly string[] } = {},
): Named {
  const singular = kind.toLowerCase();
  const names = { plural: `${singular}s`, singular, kind, shortNames };
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  const versions = [{ name: "v1", served: true, storage: true, schema }];
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${names.plural}.example.com` },
    spec: { group: "example.com", scope: "Namespaced", names, versions },
  };
}

const POD_SPEC = { containers: [{ name: "c", image: "i" }] };

function metadata(name: string, { namespace = "default", labels }: Members): Named["metadata"] {
  return { name, namespace, ...(labels && { labels }) };
}
