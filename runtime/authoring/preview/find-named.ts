import type { ResolvedOptions } from "#handler-api/resolved-options.ts";
import { describeFailure } from "#kubernetes/describe-failure.ts";
import type { Resolution, ResourceCatalog } from "#kubernetes/resource-catalog.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { namedResources } from "../manifests/rights.ts";

/** What a handler's names of resources stand for in a cluster, and what is wrong with them there. */
export type FoundNames =
  | {
      readonly type: "found";
      /** By name as written. */
      readonly resources: ReadonlyMap<string, ApiResource>;
      readonly problems: readonly string[];
      readonly warnings: readonly string[];
    }
  /** The cluster does not answer. `message` says what to do. */
  | { readonly type: "failed"; readonly message: string };

export interface AskedCatalog {
  readonly catalog: ResourceCatalog;
  /** The API server's URL, for messages. */
  readonly server: string;
}

export async function findNamed(
  { catalog, server }: AskedCatalog,
  options: ResolvedOptions,
  signal: AbortSignal,
): Promise<FoundNames> {
  const resources = new Map<string, ApiResource>();
  const watched = new Set([options.resource, ...Object.values(options.listers).map(({ resource }) => resource)]);
  const problems: string[] = [];
  const warnings: string[] = [];
  for (const name of new Set(namedResources(options))) {
    const resolution = await catalog.resolve(name, signal);
    if (resolution.type === "failed") {
      return { type: "failed", message: describeFailure(resolution.failure, { server, action: `look "${name}" up` }) };
    }
    if (resolution.type === "found") resources.set(name, resolution.resource);
    if (watched.has(name)) problems.push(...watchProblems(name, resolution, options));
    else if (resolution.type !== "found")
      warnings.push(`"${name}" in allow.kube allows nothing: ${factOf(resolution)}`);
  }
  return { type: "found", resources, problems, warnings };
}

function watchProblems(name: string, resolution: Resolution, options: ResolvedOptions): string[] {
  if (resolution.type === "failed") return [];
  if (resolution.type !== "found") return [`Cannot watch "${name}": ${factOf(resolution)}`];
  const { verbs, namespaced } = resolution.resource;
  if (!verbs.includes("list") || !verbs.includes("watch")) {
    return [`Cannot watch "${name}": the API server offers no list and watch of it`];
  }
  if (namespaced || !options.namespaces || name !== options.resource) return [];
  return [`Cannot watch "${name}" in namespaces: it is cluster-scoped. Remove the option "namespaces"`];
}

function factOf(resolution: Extract<Resolution, { type: "unknown" | "ambiguous" }>): string {
  if (resolution.type === "ambiguous") {
    return `it could be ${resolution.candidates.map(quoted).join(" or ")}. Write one of these`;
  }
  const { nearest } = resolution;
  return `the cluster has no such kind${nearest.length === 0 ? "" : `. Nearest: ${nearest.map(quoted).join(", ")}`}`;
}

function quoted(name: string): string {
  return `"${name}"`;
}
