import { isDeepStrictEqual } from "node:util";
import { resourceName } from "#resources/api-resource.ts";
import type { GivenText } from "../given/given-files.ts";
import { byGroupAndPlural, type CustomKind } from "./custom-kind.ts";
import { type Definition, definitionsIn } from "./definitions.ts";
import { kindsOfDefinition } from "./definition-kinds.ts";
import type { FoundKinds } from "./found-kinds.ts";
import { selectResources } from "./select-resources.ts";

export type DefinedKinds =
  | {
      readonly type: "kinds";
      /** In each version that is served, the preferred one first. */
      readonly kinds: readonly CustomKind[];
      /** The text that defines each, by `widgets.example.com`. */
      readonly places: ReadonlyMap<string, string>;
    }
  /** `message` says what to do. */
  | { readonly type: "failed"; readonly message: string };

/** @param names of resources or groups; none: all */
export function kindsOfTexts(texts: readonly GivenText[], names: readonly string[]): FoundKinds {
  const all = definedKinds(texts);
  if (all.type === "failed") return all;
  const resources = all.kinds.map(({ resource }) => resource);
  const selected = selectResources(resources, names);
  if (selected.type === "failed") return selected;
  const wanted = new Set(selected.resources);
  return { type: "kinds", kinds: all.kinds.filter(({ resource }) => wanted.has(resource)), resources, warnings: [] };
}

/** What the CustomResourceDefinitions in texts define: at least one kind. */
export function definedKinds(texts: readonly GivenText[]): DefinedKinds {
  const found = definitionsIn(texts);
  if (found.type === "failed") return found;
  const kinds: CustomKind[] = [];
  const known = new Map<string, Definition>();
  for (const one of found.definitions) {
    const defined = kindsOfDefinition(one.definition);
    if (defined.type === "invalid")
      return failed(`Cannot use a CustomResourceDefinition of "${one.name}": ${defined.reason}.`);
    const name = resourceName(defined.kinds[0].resource);
    const before = known.get(name);
    if (!before) {
      known.set(name, one);
      kinds.push(...defined.kinds);
    } else if (!isDeepStrictEqual(before.definition, one.definition)) return failed(twice(name, before, one));
  }
  if (kinds.length === 0) return failed(nothingIn(texts));
  const places = new Map(Array.from(known, ([name, one]) => [name, one.name]));
  return { type: "kinds", kinds: byGroupAndPlural(kinds), places };
}

function twice(name: string, a: Definition, b: Definition): string {
  return `Cannot use the definitions of ${name}: "${a.name}" and "${b.name}" define it in different ways. Name one of them with --crds.`;
}

const SHOWN_NAMES = 3;

function nothingIn(texts: readonly GivenText[]): string {
  if (texts.length === 0) return "Cannot find definitions: there is no YAML and no JSON file. Name others with --crds.";
  const shown = texts.slice(0, SHOWN_NAMES).map(({ name }) => `"${name}"`);
  const more = texts.length > shown.length ? ` and ${texts.length - shown.length} more` : "";
  return `Cannot find definitions in ${shown.join(", ")}${more}: no CustomResourceDefinition is there. Name others with --crds.`;
}

function failed(message: string): Extract<DefinedKinds, { type: "failed" }> {
  return { type: "failed", message };
}
