import { resourceName } from "#resources/api-resource.ts";
import { builtInSchema } from "../../schema/built-in/built-in-schemas.ts";
import type { Schema } from "../../schema/schema.ts";
import type { BuiltInResource } from "./built-in-resource.ts";
import { generatedResources } from "./built-in-resources.generated.ts";
import { selectableFieldsOf } from "../field-labels.ts";
import type { ServedResource } from "../served-resource.ts";

/** Every stable resource of a kube-apiserver, in discovery's order: the preferred version of each group first. */
export function builtInResources(): ServedResource[] {
  return generatedResources.map(servedResource);
}

/** Of versions that kube-apiserver marks as deprecated. */
const DEPRECATIONS: Readonly<Record<string, string>> = {
  componentstatuses: "v1 ComponentStatus is deprecated in v1.19+",
  endpoints: "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
};

function servedResource({ definition, ...resource }: BuiltInResource): ServedResource {
  const deprecationWarning = DEPRECATIONS[resourceName(resource)];
  return {
    ...resource,
    ...(deprecationWarning !== undefined && { deprecationWarning }),
    listKind: `${resource.kind}List`,
    storage: storageOf(resource),
    selectableFields: selectableFieldsOf(resource),
    custom: undefined,
    // Linked when it is first read: most servers use few kinds.
    get schema(): Schema {
      return builtInSchema(definition);
    },
  };
}

/** Events are the same objects in both groups. */
function storageOf(resource: Pick<BuiltInResource, "group" | "plural">): string {
  return resourceName(resource) === "events.events.k8s.io" ? "events" : resourceName(resource);
}
