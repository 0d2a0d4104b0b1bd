import type { ApiObject } from "../../api-object.ts";
import { validateObject, type Replaced } from "../../registry/object-validation.ts";
import type { ServedResource } from "../../registry/served-resource.ts";
import { invalid, type FieldCause } from "../../schema/field-causes.ts";
import { requireNoFaults } from "./invalid-object.ts";

/** Throws 422 for an object that cannot be stored. */
export function requireValidObject(resource: ServedResource, object: ApiObject, replaced?: Replaced): void {
  const causes = validateObject(resource, object, replaced);
  requireNoFaults(object, replaced ? [...causes, ...graceCauses(object, replaced.object)] : causes);
}

function graceCauses({ metadata }: ApiObject, before: ApiObject): FieldCause[] {
  const { deletionGracePeriodSeconds: grace } = metadata;
  if (grace === before.metadata.deletionGracePeriodSeconds) return [];
  return [invalid("metadata.deletionGracePeriodSeconds", grace, "field is immutable")];
}
