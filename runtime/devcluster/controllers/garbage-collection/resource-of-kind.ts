import type { ServedResource } from "../../registry/served-resource.ts";

/** It serves objects that call themselves so, in this version or another. */
export function isIdentityOf(
  { group, kind }: ServedResource,
  object: { readonly apiVersion: string; readonly kind: string },
): boolean {
  const [first = "", version] = object.apiVersion.split("/");
  return kind === object.kind && group === (version === undefined ? "" : first);
}
