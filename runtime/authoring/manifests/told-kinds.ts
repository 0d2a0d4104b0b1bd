/** What is said of custom kinds where no cluster is asked: their definitions, and their scopes. */
import type { KindScope } from "#config/manifests-config.ts";
import { type ApiResource, resourceName } from "#resources/api-resource.ts";
import { definedKinds } from "../custom-types/text-kinds.ts";
import type { GivenText } from "../given/given-files.ts";

export interface ToldKinds {
  readonly type: "told";
  /** In each version that is served. `undefined`: no definitions are given. */
  readonly defined: readonly ApiResource[] | undefined;
  /** Of which only this is known. */
  readonly scopes: readonly KindScope[];
}

/** @param definitions texts with CustomResourceDefinitions; `undefined`: none are given */
export function toldKinds(
  scopes: readonly KindScope[],
  definitions: readonly GivenText[] | undefined,
): ToldKinds | { readonly type: "failed"; readonly message: string } {
  if (!definitions) return { type: "told", defined: undefined, scopes };
  const found = definedKinds(definitions);
  if (found.type === "failed") return found;
  const defined = found.kinds.map(({ resource }) => resource);
  for (const scope of scopes) {
    const name = resourceName(scope);
    const other = defined.find((one) => resourceName(one) === name && one.namespaced !== scope.namespaced);
    if (other) return { type: "failed", message: contradiction(scope, other, found.places.get(name) ?? "") };
  }
  return { type: "told", defined, scopes };
}

function contradiction(said: KindScope, defined: ApiResource, place: string): string {
  const flag = `--scope "${resourceName(said)}=${scopeOf(said)}"`;
  return `Cannot use ${flag}: "${place}" defines it as ${scopeOf(defined)}. Leave it out: --crds tells the scope.`;
}

function scopeOf({ namespaced }: Pick<ApiResource, "namespaced">): string {
  return namespaced ? "Namespaced" : "Cluster";
}
