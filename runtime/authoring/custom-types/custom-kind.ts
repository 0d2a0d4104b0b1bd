import type { JsonRecord } from "#kernel/json-value.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { builtInResources } from "#resources/built-in-resources.generated.ts";

/** A kind that is none of Kubernetes' own, in one version. */
export interface CustomKind {
  readonly resource: ApiResource;
  /** OpenAPI v3, of whole objects. `undefined`: nothing is known of them. */
  readonly schema: JsonRecord | undefined;
  /** What `$ref` refers to, by its whole text. */
  readonly references: ReadonlyMap<string, JsonRecord>;
}

/** Handlers can be told of its objects, and informd has no types for them. */
export function isCustom({ group, verbs }: ApiResource): boolean {
  return verbs.includes("watch") && !BUILT_IN_GROUPS.has(group);
}

const BUILT_IN_GROUPS: ReadonlySet<string> = new Set(builtInResources.map(({ group }) => group));

/** In the order of servers, whose custom groups all have one priority. Versions of one kind stay as they are. */
export function byGroupAndPlural(kinds: readonly CustomKind[]): CustomKind[] {
  const keyOf = ({ resource: { group, plural } }: CustomKind): string => `${group}/${plural}`;
  return kinds.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
}
