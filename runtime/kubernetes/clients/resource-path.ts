import type { ApiResource } from "#resources/api-resource.ts";

export interface ResourceLocation {
  readonly resource: Pick<ApiResource, "group" | "version" | "plural">;
  /** `""`: all namespaces, or a cluster-scoped resource. */
  readonly namespace: string;
  readonly name?: string | undefined;
  readonly subresource?: string | undefined;
}

/** The query's members that are `undefined` or `""` are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** `/apis/apps/v1/namespaces/web/deployments/api/status?dryRun=All` */
export function resourcePath({ resource, namespace, name, subresource }: ResourceLocation, query: Query = {}): string {
  const { group, version, plural } = resource;
  const parts = group === "" ? ["api", version] : ["apis", group, version];
  if (namespace !== "") parts.push("namespaces", namespace);
  parts.push(plural);
  if (name !== undefined) parts.push(name);
  if (subresource !== undefined) parts.push(...subresource.split("/"));
  return `/${parts.map(encodeURIComponent).join("/")}${queryText(query)}`;
}

function queryText(query: Query): string {
  const members = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(members.map(([key, value]) => [key, String(value)])).toString();
  return text === "" ? "" : `?${text}`;
}
