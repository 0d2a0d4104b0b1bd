/** What the names of resources in handlers stand for: by Kubernetes' own table and what is said of other kinds, or by a cluster. */
import type { KindScope } from "#config/manifests-config.ts";
import { describeFailure } from "#kubernetes/describe-failure.ts";
import type { ResourceCatalog } from "#kubernetes/resource-catalog.ts";
import type { Resolution } from "#kubernetes/resource-catalog.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { builtInResources } from "#resources/built-in-resources.generated.ts";
import { resolveResourceName } from "#resources/resource-name.ts";
import type { KnownResources } from "./rights.ts";
import type { ToldKinds } from "./told-kinds.ts";

export type FoundResources =
  | { readonly type: "found"; readonly resources: KnownResources }
  /** `message` says what to do. */
  | { readonly type: "failed"; readonly message: string };

export interface AskedCluster {
  readonly type: "cluster";
  /** Its URL, for messages. */
  readonly server: string;
  readonly catalog: ResourceCatalog;
}

export interface NamedResource {
  readonly name: string;
  /** The id of a handler that names it. */
  readonly handler: string;
}

export async function findResources(
  named: readonly NamedResource[],
  source: AskedCluster | ToldKinds,
  signal: AbortSignal,
): Promise<FoundResources> {
  const resources = new Map<string, ApiResource>();
  for (const { name, handler } of named) {
    if (resources.has(name)) continue;
    const resolution =
      source.type === "cluster" ? await source.catalog.resolve(name, signal) : resolveOffline(name, source);
    if (resolution.type !== "found") return { type: "failed", message: refusal(name, handler, resolution, source) };
    resources.set(name, resolution.resource);
  }
  return { type: "found", resources };
}

function resolveOffline(name: string, { defined = [], scopes }: ToldKinds): Resolution {
  const scoped = scopes.map(customResource);
  const resolution = resolveResourceName(name, [...builtInResources, ...defined, ...scoped]);
  if (resolution.type !== "unknown") return resolution;
  // A scope is told for each version of a kind; a definition names them.
  const ofAnyVersion = resolveResourceName(withoutVersion(name), [...builtInResources, ...scoped]);
  return ofAnyVersion.type === "unknown" ? resolution : ofAnyVersion;
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
  source: AskedCluster | ToldKinds,
): string {
  const action = `Cannot make the rights of handler "${handler}"`;
  switch (resolution.type) {
    case "failed":
      return describeFailure(resolution.failure, {
        server: source.type === "cluster" ? source.server : "",
        action: `look "${name}" up`,
      });
    case "ambiguous":
      return `${action}: "${name}" could be ${quoted(resolution.candidates, " or ")}. Write one of these in the handler.`;
    case "unknown": {
      const nearest = resolution.nearest.length === 0 ? "" : ` (nearest: ${quoted(resolution.nearest, ", ")})`;
      if (source.type === "cluster")
        return `${action}: the cluster has no kind "${name}"${nearest}. Create its definition first.`;
      const nowhere = source.defined ? "Kubernetes itself, and none that --crds defines" : "Kubernetes itself";
      return `${action}: "${name}" is no kind of ${nowhere}${nearest}. ${howToSay(name)}`;
    }
  }
}

function howToSay(name: string): string {
  const [type = "", ...group] = withoutVersion(name.toLowerCase()).split(".");
  const plural = type.endsWith("s") ? type : `${type}s`;
  const example = `${plural}.${group.length === 0 ? "example.com" : group.join(".")}=Namespaced`;
  return `Give its definition with --crds, say in which scope it is with --scope ${example} (or =Cluster), or name a cluster that has it with --kubeconfig or --context.`;
}

function quoted(names: readonly string[], between: string): string {
  return names.map((name) => `"${name}"`).join(between);
}
