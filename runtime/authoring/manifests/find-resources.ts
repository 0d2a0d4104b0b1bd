/** What the names of resources in handlers stand for: by Kubernetes' own table and what is said of other kinds, or by a cluster. */
import type { KindScope } from "#config/manifests-config.ts";
import { describeFailure } from "#kubernetes/describe-failure.ts";
import type { ResourceCatalog } from "#kubernetes/resource-catalog.ts";
import type { Resolution } from "#kubernetes/resource-catalog.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { builtInResources } from "#resources/built-in-resources.generated.ts";
import { resolveResourceName } from "#resources/resource-name.ts";
import type { KnownResources } from "./rights.ts";

export type FoundResources =
  | { readonly type: "found"; readonly resources: KnownResources }
  /** `message` says what to do. */
  | { readonly type: "failed"; readonly message: string };

export interface AskedCluster {
  /** Its URL, for messages. */
  readonly server: string;
  readonly catalog: ResourceCatalog;
}

export interface NamedResource {
  readonly name: string;
  /** The id of a handler that names it. */
  readonly handler: string;
}

/** @param cluster `undefined`: nobody is asked */
export async function findResources(
  named: readonly NamedResource[],
  scopes: readonly KindScope[],
  cluster: AskedCluster | undefined,
  signal: AbortSignal,
): Promise<FoundResources> {
  const resources = new Map<string, ApiResource>();
  for (const { name, handler } of named) {
    if (resources.has(name)) continue;
    const resolution = cluster ? await cluster.catalog.resolve(name, signal) : resolveOffline(name, scopes);
    if (resolution.type !== "found") return { type: "failed", message: refusal(name, handler, resolution, cluster) };
    resources.set(name, resolution.resource);
  }
  return { type: "found", resources };
}

function resolveOffline(name: string, scopes: readonly KindScope[]): Resolution {
  const known = [...builtInResources, ...scopes.map(customResource)];
  const resolution = resolveResourceName(name, known);
  // What is said of a kind holds for each of its versions.
  return resolution.type === "unknown" ? resolveResourceName(withoutVersion(name), known) : resolution;
}

const VERSION = /^([^.]+)\.v\d+(?:(?:alpha|beta)\d+)?\.(.+)$/;

function withoutVersion(name: string): string {
  return name.replace(VERSION, "$1.$2");
}

function customResource({ plural, group, namespaced }: KindScope): ApiResource {
  return { group, version: "", plural, singular: "", kind: "", shortNames: singularsOf(plural), namespaced, verbs: [] };
}

/** `policies` is of `policy`, `gateways` of `gateway`, `ingresses` of `ingress`. */
function singularsOf(plural: string): string[] {
  const endings = [
    ["ies", "y"],
    ["es", ""],
    ["s", ""],
  ] as const;
  return endings.flatMap(([many, one]) => (plural.endsWith(many) ? [`${plural.slice(0, -many.length)}${one}`] : []));
}

function refusal(
  name: string,
  handler: string,
  resolution: Exclude<Resolution, { type: "found" }>,
  cluster: AskedCluster | undefined,
): string {
  const action = `Cannot make the rights of handler "${handler}"`;
  switch (resolution.type) {
    case "failed":
      return describeFailure(resolution.failure, { server: cluster?.server ?? "", action: `look "${name}" up` });
    case "ambiguous":
      return `${action}: "${name}" could be ${quoted(resolution.candidates, " or ")}. Write one of these in the handler.`;
    case "unknown": {
      const nearest = resolution.nearest.length === 0 ? "" : ` (nearest: ${quoted(resolution.nearest, ", ")})`;
      if (cluster) return `${action}: the cluster has no kind "${name}"${nearest}. Create its definition first.`;
      return `${action}: "${name}" is no kind of Kubernetes itself${nearest}. ${howToSay(name)}`;
    }
  }
}

function howToSay(name: string): string {
  const [type = "", ...group] = withoutVersion(name.toLowerCase()).split(".");
  const plural = type.endsWith("s") ? type : `${type}s`;
  const example = `${plural}.${group.length === 0 ? "example.com" : group.join(".")}=Namespaced`;
  return `Say in which scope it is with --scope ${example} (or =Cluster), or name a cluster that has it with --kubeconfig or --context.`;
}

function quoted(names: readonly string[], between: string): string {
  return names.map((name) => `"${name}"`).join(between);
}
