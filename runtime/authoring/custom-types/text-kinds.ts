import { isDeepStrictEqual } from "node:util";
import { resourceName } from "#resources/api-resource.ts";
import { byGroupAndPlural, type CustomKind } from "./custom-kind.ts";
import { type Definition, type DefinitionText, definitionsIn } from "./definition-files.ts";
import { kindsOfDefinition } from "./definition-kinds.ts";
import type { FoundKinds } from "./found-kinds.ts";
import { selectResources } from "./select-resources.ts";

/** @param names of resources or groups; none: all */
export function kindsOfTexts(texts: readonly DefinitionText[], names: readonly string[]): FoundKinds {
  const all = kindsIn(texts);
  if (all.type === "failed") return all;
  const resources = all.kinds.map(({ resource }) => resource);
  const selected = selectResources(resources, names);
  if (selected.type === "failed") return selected;
  const wanted = new Set(selected.resources);
  return { type: "kinds", kinds: all.kinds.filter(({ resource }) => wanted.has(resource)), resources, warnings: [] };
}

type Failed = Extract<FoundKinds, { type: "failed" }>;

function kindsIn(texts: readonly DefinitionText[]): { type: "kinds"; kinds: readonly CustomKind[] } | Failed {
  const read = definitionsIn(texts);
  if (read.type === "failed") return read;
  const kinds: CustomKind[] = [];
  const known = new Map<string, Definition>();
  for (const one of read.definitions) {
    const found = kindsOfDefinition(one.definition);
    if (found.type === "invalid")
      return failed(`Cannot use a CustomResourceDefinition of "${one.name}": ${found.reason}.`);
    const name = resourceName(found.kinds[0].resource);
    const before = known.get(name);
    known.set(name, one);
    if (!before) kinds.push(...found.kinds);
    else if (!isDeepStrictEqual(before.definition, one.definition)) return failed(twice(name, before, one));
  }
  return kinds.length > 0 ? { type: "kinds", kinds: byGroupAndPlural(kinds) } : failed(nothingIn(texts));
}

function twice(name: string, a: Definition, b: Definition): string {
  return `Cannot make types: "${a.name}" and "${b.name}" define ${name} in different ways. Name one of them with --crds.`;
}

const SHOWN_NAMES = 3;

function nothingIn(texts: readonly DefinitionText[]): string {
  if (texts.length === 0) return "Cannot make types: there is no YAML and no JSON file. Name others with --crds.";
  const shown = texts.slice(0, SHOWN_NAMES).map(({ name }) => `"${name}"`);
  const more = texts.length > shown.length ? ` and ${texts.length - shown.length} more` : "";
  return `Cannot make types of ${shown.join(", ")}${more}: no CustomResourceDefinition is there.`;
}

function failed(message: string): Failed {
  return { type: "failed", message };
}
