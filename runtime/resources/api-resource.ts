/** One resource of an API group version, as discovery describes it. */
export interface ApiResource {
  /** `""` for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** What names a resource on the wire. */
export type ResourceIdentity = Pick<ApiResource, "group" | "version" | "plural" | "kind">;

/** `pods`, `deployments.apps`: the name kubectl prints, unique within a cluster. */
export function resourceName({ group, plural }: Pick<ApiResource, "group" | "plural">): string {
  return group === "" ? plural : `${plural}.${group}`;
}

/** `v1`, `apps/v1`: the `apiVersion` of the resource's objects. */
export function apiVersionOf({ group, version }: Pick<ApiResource, "group" | "version">): string {
  return group === "" ? version : `${group}/${version}`;
}
