/** Of which kind objects are, and what can be told of a custom kind by its objects alone. */
import { fieldOf, textOf } from "#kernel/json-value.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { builtInResources } from "#resources/built-in-resources.generated.ts";
import type { ReadObject } from "./read-object.ts";

const VERBS = ["create", "delete", "get", "list", "patch", "watch"];

export function isOfKind(object: ReadObject, { group, kind }: Pick<ApiResource, "group" | "kind">): boolean {
  return groupOf(object) === group && object.kind.toLowerCase() === kind.toLowerCase();
}

/** The custom kinds of objects, by the names that handlers are likely to use. A kind is in namespaces if one of its objects names one. */
export function customKindsOf(objects: readonly ReadObject[]): ApiResource[] {
  const custom = objects.filter(
    (object) => groupOf(object).includes(".") && !builtInResources.some((one) => isOfKind(object, one)),
  );
  const alike = Map.groupBy(custom, (object) => `${groupOf(object)}/${object.kind.toLowerCase()}`);
  return [...alike.values()].flatMap(([first, ...others]) =>
    first ? [{ ...kindOf(first), namespaced: [first, ...others].some(isInNamespace) }] : [],
  );
}

function kindOf(object: ReadObject): Omit<ApiResource, "namespaced"> {
  const group = groupOf(object);
  const singular = object.kind.toLowerCase();
  return {
    group,
    version: object.apiVersion.slice(group.length + 1),
    plural: pluralOf(singular),
    singular,
    kind: object.kind,
    // Definitions may have it otherwise.
    shortNames: [`${singular}s`, `${singular}es`],
    verbs: VERBS,
  };
}

/** `policies`, `gateways`, `ingresses`, `certificates`. */
function pluralOf(singular: string): string {
  if (/[^aeiou]y$/.test(singular)) return `${singular.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(singular) ? `${singular}es` : `${singular}s`;
}

function isInNamespace({ object }: ReadObject): boolean {
  return textOf(fieldOf(object, "metadata"), "namespace") !== undefined;
}

function groupOf({ apiVersion }: ReadObject): string {
  return apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
}
