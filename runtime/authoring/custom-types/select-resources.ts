import { type ApiResource, resourceName } from "#resources/api-resource.ts";
import { resolveResourceName } from "#resources/resource-name.ts";

export type SelectedResources =
  | { readonly type: "selected"; readonly resources: readonly ApiResource[] }
  /** `message` says what to do. */
  | { readonly type: "failed"; readonly message: string };

/** Every version of what the names say: resources as kubectl names them, or whole groups. @param names none: all */
export function selectResources(resources: readonly ApiResource[], names: readonly string[]): SelectedResources {
  if (names.length === 0) return { type: "selected", resources };
  const selected = new Set<string>();
  for (const name of names) {
    const ofGroup = resources.filter(({ group }) => group === name.toLowerCase());
    const resolution = resolveResourceName(name, resources);
    if (ofGroup.length > 0) for (const one of ofGroup) selected.add(resourceName(one));
    else if (resolution.type === "found") selected.add(resourceName(resolution.resource));
    else return { type: "failed", message: `Cannot make types of "${name}": ${factOf(resolution)}` };
  }
  return { type: "selected", resources: resources.filter((one) => selected.has(resourceName(one))) };
}

function factOf(resolution: Exclude<ReturnType<typeof resolveResourceName>, { type: "found" }>): string {
  if (resolution.type === "ambiguous")
    return `it could be ${quoted(resolution.candidates, " or ")}. Write one of these.`;
  const nearest = resolution.nearest.length === 0 ? "" : ` (nearest: ${quoted(resolution.nearest, ", ")})`;
  return `there is no such custom resource, and no such group${nearest}. Leave it out for all that are there.`;
}

function quoted(names: readonly string[], between: string): string {
  return names.map((name) => `"${name}"`).join(between);
}
