import { elementsOf, fieldOf, isRecord, textOf } from "#kernel/json-value.ts";
import { parseManifest } from "#kubernetes/manifest.ts";

export type GivenItems =
  | { readonly type: "items"; readonly items: readonly unknown[] }
  /** `reason` is a fact. */
  | { readonly type: "invalid"; readonly reason: string };

/** What is in a text: its documents, and of those that are lists what they hold. */
export function itemsIn(text: string): GivenItems {
  const manifest = parseManifest(text);
  if (manifest.type === "invalid")
    return { type: "invalid", reason: `it is neither YAML nor JSON: ${manifest.reason}` };
  return { type: "items", items: manifest.documents.flatMap(itemsOf) };
}

/** What a `List` holds, or a `PodList`, whose items need not name their kind. */
function itemsOf(document: unknown): unknown[] {
  const kind = textOf(document, "kind") ?? "";
  if (!isList(document, kind)) return [document];
  const itemKind =
    kind === "List" ? {} : { apiVersion: textOf(document, "apiVersion"), kind: kind.slice(0, -"List".length) };
  return elementsOf(document, "items").flatMap((item) => (isRecord(item) ? itemsOf({ ...itemKind, ...item }) : [item]));
}

/** A list has no name; an object of a kind that happens to be called one has. */
function isList(document: unknown, kind: string): boolean {
  return kind.endsWith("List") && textOf(fieldOf(document, "metadata"), "name") === undefined;
}
