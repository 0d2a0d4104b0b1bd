/** The forms of text that several options share. */
import { parseFieldPath } from "#resources/field-path.ts";
import { parseItemPath } from "#resources/item-path.ts";
import { parseLabelSelector } from "#resources/label-selector.ts";
import { refusal, type TextRule } from "./option-reader.ts";

export function matching(pattern: RegExp, allowed: string): TextRule {
  return { allowed, fault: (text) => (pattern.test(text) ? undefined : refusal(text, allowed)) };
}

/** `parse` throws what is wrong. */
function parsedBy(parse: (text: string) => unknown, allowed: string): TextRule {
  return {
    allowed,
    fault(text) {
      try {
        parse(text);
        return undefined;
      } catch (error) {
        return error instanceof Error ? error.message : refusal(text, allowed);
      }
    },
  };
}

export const RESOURCE_NAME = matching(
  /^[a-z][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)*$/i,
  `a resource name as kubectl takes it, such as "pods", "deployments.apps" or "certificates.v1.cert-manager.io"`,
);

export const NAMESPACE = matching(
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  `the name of a namespace: lower-case letters, digits and "-"`,
);

export const OBJECT_NAME = matching(
  /^[^\s/*]+\*?$/,
  `the name of an object, or a prefix that ends with "*" such as "web-*"`,
);

export const FIELD_PATH = parsedBy(
  parseFieldPath,
  `a path such as "spec.replicas" or "metadata.annotations['example.com/owner']"`,
);

export const ITEM_PATH = parsedBy(parseItemPath, `a path such as "spec.nodeName" or "spec.containers[*].image"`);

export const OWN_NAME = matching(
  /^[A-Za-z][A-Za-z0-9_-]*$/,
  `a name of letters, digits, "-" and "_" that begins with a letter`,
);

export const LABEL_SELECTOR = parsedBy(
  parseLabelSelector,
  `a label selector as kubectl takes it, such as "app=web,tier in (front, back)"`,
);
