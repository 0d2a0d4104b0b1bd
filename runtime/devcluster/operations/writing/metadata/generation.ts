import { isDeepStrictEqual } from "node:util";
import type { ApiObject } from "../../../api-object.ts";
import type { ServedResource } from "../../../registry/served-resource.ts";
import { countsAnnotations, countsLabels, hasGeneration } from "../../kind-facts.ts";

/** The generation after an update: one more if the desired state has changed. */
export function nextGeneration(resource: ServedResource, before: ApiObject, after: ApiObject): number | undefined {
  const { generation } = before.metadata;
  if (!hasGeneration(resource)) return generation;
  return isDeepStrictEqual(desired(resource, before), desired(resource, after)) ? generation : (generation ?? 0) + 1;
}

function desired(resource: ServedResource, object: ApiObject): object {
  const { apiVersion: _version, metadata, status, ...rest } = object;
  return {
    ...rest,
    ...(countsLabels(resource) && { labels: metadata.labels ?? {} }),
    ...(countsAnnotations(resource) && { annotations: metadata.annotations ?? {} }),
    // Without a subresource, a custom resource's status is a member like others.
    ...(resource.custom && !resource.subresources["status"] && { status }),
  };
}
