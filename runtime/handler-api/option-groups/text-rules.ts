/** The forms of text that several options share. */
import type { TextRule } from "./option-reader.ts";

export const RESOURCE_NAME: TextRule = {
  pattern: /^[a-z][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)*$/i,
  allowed: `a resource name as kubectl takes it, such as "pods", "deployments.apps" or "certificates.v1.cert-manager.io"`,
};

export const NAMESPACE: TextRule = {
  pattern: /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  allowed: `the name of a namespace: lower-case letters, digits and "-"`,
};

export const OBJECT_NAME: TextRule = {
  pattern: /^[^\s/*]+\*?$/,
  allowed: `the name of an object, or a prefix that ends with "*" such as "web-*"`,
};

/** A key with dots in it is written in brackets. */
export const FIELD_PATH: TextRule = {
  pattern: /^[^\s.[\]"]+(?:\.[^\s.[\]"]+|\["[^"\\]+"\])*$/,
  allowed: `a path such as "spec.replicas" or "metadata.annotations["example.com/owner"]"`,
};

export const OWN_NAME: TextRule = {
  pattern: /^[A-Za-z][A-Za-z0-9_-]*$/,
  allowed: `a name of letters, digits, "-" and "_" that begins with a letter`,
};

export const LABEL_SELECTOR: TextRule = {
  pattern: /\S/,
  allowed: `a label selector as kubectl takes it, such as "app=web,tier in (front, back)"`,
};
