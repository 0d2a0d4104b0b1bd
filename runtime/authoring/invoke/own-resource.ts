import type { Cluster } from "#kubernetes/cluster.ts";
import type { ResourceCatalog } from "#kubernetes/resource-catalog.ts";
import type { Revision } from "#loader/revision.ts";
import { type ApiResource, resourceName } from "#resources/api-resource.ts";
import type { GivenObjects } from "./objects/given-objects.ts";
import { customKindsOf, isOfKind } from "./objects/object-kind.ts";
import { offlineCatalog } from "./offline/offline-catalog.ts";
import { unresolvedName } from "./unresolved-name.ts";

export type OwnResource =
  | { readonly type: "found"; readonly resource: ApiResource; readonly catalog: ResourceCatalog }
  | { readonly type: "failed"; readonly message: string };

export interface OwnResourceRequest {
  readonly cluster: Cluster | undefined;
  readonly revision: Revision;
  readonly given: Pick<GivenObjects, "object" | "cache">;
}

/** What the handler listens to, and whether the object that it shall get is one. */
export async function findOwnResource(
  { cluster, revision, given: { object, cache = [] } }: OwnResourceRequest,
  signal: AbortSignal,
): Promise<OwnResource> {
  const { handler, options } = revision;
  const catalog = cluster?.catalog ?? offlineCatalog(customKindsOf([...(object ? [object] : []), ...cache]));
  const resolution = await catalog.resolve(options.resource, signal);
  if (resolution.type !== "found") {
    const named = { handler, name: options.resource, server: cluster?.server };
    return { type: "failed", message: unresolvedName(resolution, named) };
  }
  const { resource } = resolution;
  if (object && !isOfKind(object, resource)) {
    const fact = `it listens to ${resourceName(resource)}, and the object is a ${object.kind} of ${object.apiVersion}`;
    return { type: "failed", message: `Cannot invoke "${handler}": ${fact}. Give one of its kind.` };
  }
  return { type: "found", resource, catalog };
}
