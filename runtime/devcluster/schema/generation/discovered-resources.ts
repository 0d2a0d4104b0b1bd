import { elementsOf, fieldOf, textOf, textsOf } from "#kernel/json-value.ts";
import type { BuiltInResource } from "../../registry/built-in/built-in-resource.ts";
import type { Subresource } from "../../registry/served-resource.ts";

/** The resources of an aggregated discovery document with all that it says of them, in the server's order. */
export function discoveredResources(document: unknown): Omit<BuiltInResource, "definition">[] {
  return elementsOf(document, "items").flatMap((item) => {
    const group = textOf(fieldOf(item, "metadata"), "name") ?? "";
    return elementsOf(item, "versions").flatMap((discovered) => {
      const version = textOf(discovered, "version") ?? "";
      return elementsOf(discovered, "resources").map((resource) => resourceOf(group, version, resource));
    });
  });
}

function resourceOf(group: string, version: string, discovered: unknown): Omit<BuiltInResource, "definition"> {
  return {
    group,
    version,
    plural: textOf(discovered, "resource") ?? "",
    singular: textOf(discovered, "singularResource") ?? "",
    kind: textOf(fieldOf(discovered, "responseKind"), "kind") ?? "",
    shortNames: textsOf(discovered, "shortNames"),
    categories: textsOf(discovered, "categories"),
    namespaced: textOf(discovered, "scope") === "Namespaced",
    verbs: textsOf(discovered, "verbs"),
    subresources: Object.fromEntries(
      elementsOf(discovered, "subresources").map((subresource): [string, Subresource] => [
        textOf(subresource, "subresource") ?? "",
        subresourceOf(group, version, subresource),
      ]),
    ),
  };
}

/** A response kind without group and version is of the resource's own. */
function subresourceOf(group: string, version: string, discovered: unknown): Subresource {
  const kind = fieldOf(discovered, "responseKind");
  const ownVersion = textOf(kind, "version") ?? "";
  return {
    kind: textOf(kind, "kind") ?? "",
    group: ownVersion === "" ? group : (textOf(kind, "group") ?? ""),
    version: ownVersion === "" ? version : ownVersion,
    verbs: textsOf(discovered, "verbs"),
  };
}
