import { textOf } from "#kernel/json-value.ts";
import type { Cluster } from "#kubernetes/cluster.ts";
import { describeFailure } from "#kubernetes/describe-failure.ts";
import type { ResourceCatalog } from "#kubernetes/resource-catalog.ts";
import type { Revision } from "#loader/revision.ts";
import { type ApiResource, resourceName } from "#resources/api-resource.ts";
import type { ReadObject } from "./given-object.ts";
import { customResourceOf, offlineCatalog } from "./offline-catalog.ts";

export type OwnResource =
  | { readonly type: "found"; readonly resource: ApiResource; readonly catalog: ResourceCatalog }
  | { readonly type: "failed"; readonly message: string };

export interface OwnResourceRequest {
  readonly cluster: Cluster | undefined;
  readonly revision: Revision;
  readonly object: ReadObject | undefined;
}

/** What the handler listens to, and whether the object that it shall get is one. */
export async function findOwnResource(
  { cluster, revision, object }: OwnResourceRequest,
  signal: AbortSignal,
): Promise<OwnResource> {
  const { handler, options } = revision;
  const catalog = cluster?.catalog ?? offlineCatalog(object ? customOf(object) : []);
  const resolution = await catalog.resolve(options.resource, signal);
  if (resolution.type === "failed") {
    const action = `look "${options.resource}" up`;
    return { type: "failed", message: describeFailure(resolution.failure, { server: cluster?.server ?? "", action }) };
  }
  if (resolution.type !== "found")
    return failed(handler, reasonOf(resolution, options.resource, cluster !== undefined));
  const { resource } = resolution;
  if (object && !isOfKind(object, resource)) {
    return failed(
      handler,
      `it listens to ${resourceName(resource)}, and the object is a ${object.kind} of ${object.apiVersion}. Give one of its kind`,
    );
  }
  return { type: "found", resource, catalog };
}

function reasonOf(
  resolution: Extract<Awaited<ReturnType<ResourceCatalog["resolve"]>>, { type: "unknown" | "ambiguous" }>,
  name: string,
  hasCluster: boolean,
): string {
  switch (resolution.type) {
    case "unknown": {
      const nearest = resolution.nearest.map((one) => `"${one}"`).join(", ");
      if (nearest !== "") return `there is no kind "${name}". Nearest: ${nearest}`;
      const next = hasCluster
        ? "Create its definition first"
        : "Name a cluster that has it with --kubeconfig or --context";
      return `there is no kind "${name}". ${next}`;
    }
    case "ambiguous":
      return `"${name}" could be ${resolution.candidates.map((one) => `"${one}"`).join(" or ")}. Write one of these in it`;
  }
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
}

function isOfKind({ apiVersion, kind }: ReadObject, resource: ApiResource): boolean {
  return groupOf(apiVersion) === resource.group && kind.toLowerCase() === resource.kind.toLowerCase();
}

/** The object's own kind, by the names that its handler is likely to use. */
function customOf({ apiVersion, kind, object }: ReadObject): ApiResource[] {
  const group = groupOf(apiVersion);
  if (!group.includes(".")) return [];
  const version = apiVersion.slice(group.length + 1);
  const namespaced = textOf(object["metadata"], "namespace") !== undefined;
  return [{ ...customResourceOf(group, version, kind), namespaced }];
}

function failed(handler: string, fact: string): OwnResource {
  return { type: "failed", message: `Cannot invoke "${handler}": ${fact}.` };
}
